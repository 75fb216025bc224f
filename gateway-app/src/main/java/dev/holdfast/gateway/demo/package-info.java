/**
 * {@code holdfast demo}: earth, relay and mars as three gateway processes on this machine, joined
 * by emulated links that rise and set by a contact plan, with traffic both ways and a relay that is
 * killed in mid-transfer; and the books that tell whether every bundle came through unaltered,
 * once. Both regions change the same twins while they do not hear each other ({@code TwinScript}),
 * and are asked whether they agree after that ({@code TwinStory}).
 *
 * <p>What is sent ({@link Traffic}), what became of it ({@code Ledger}, {@code Verdict}) and how it
 * is shown ({@code LiveView}, {@code FinalTable}) are pure; {@code GatewayProcess} owns the child
 * processes. The demo is a client of the gateways' HTTP API like any other: it knows nothing of
 * their inside.
 */
@NullMarked
package dev.holdfast.gateway.demo;

import org.jspecify.annotations.NullMarked;
