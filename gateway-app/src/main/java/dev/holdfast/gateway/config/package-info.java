/**
 * The configuration: one YAML file, read into records.
 *
 * <p>An unknown key, a wrong type or unit, or a name that leads nowhere is refused with file, line
 * and column. Every component of the records says its unit, its default, and what moving it costs.
 * Values only; any thread. Depends on {@code bpv7} and on Jackson's streaming YAML parser.
 */
@NullMarked
package dev.holdfast.gateway.config;

import org.jspecify.annotations.NullMarked;
