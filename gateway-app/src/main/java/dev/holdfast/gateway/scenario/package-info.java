/**
 * Scenarios as files: one YAML text, read into a {@link dev.holdfast.gateway.replay.Scenario} and
 * written from one. {@code gateway-app/docs/scenarios.md} describes every key.
 *
 * <p>What is wrong is told as for configurations: file, line, column, what, and how to mend it.
 * Values only, but for the loading of files; any thread. Depends on {@code gateway.replay}, whose
 * values these are, and on {@code gateway.config}, which knows YAML.
 */
@NullMarked
package dev.holdfast.gateway.scenario;

import org.jspecify.annotations.NullMarked;
