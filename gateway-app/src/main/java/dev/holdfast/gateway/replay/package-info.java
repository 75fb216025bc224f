/**
 * Scenarios and their replay: what a network of real nodes is, what truly happens to its links,
 * what is sent and what goes wrong, the rules that must hold all the while, and what came of it.
 *
 * <p>{@link dev.holdfast.gateway.replay.Replay} runs a scenario; {@link
 * dev.holdfast.gateway.replay.CaptureReplay} sends what was captured to a gateway, {@code
 * gateway.replay.live} to one that runs.
 *
 * <p>Virtual time and one seed; the same scenario and seed give the same run on every JVM. Depends
 * on {@code gateway.sim} and everything below it. For one thread.
 */
@NullMarked
package dev.holdfast.gateway.replay;

import org.jspecify.annotations.NullMarked;
