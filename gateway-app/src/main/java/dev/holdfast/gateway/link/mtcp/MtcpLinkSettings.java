package dev.holdfast.gateway.link.mtcp;

import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.stream.Dialer;

/**
 * The way to one neighbour.
 *
 * @param id its name
 * @param dial where to reach it
 * @param backOffFirstMillis wait after the first failed attempt to reach it
 * @param backOffMaxMillis longest wait between attempts
 */
public record MtcpLinkSettings(
    LinkId id, Dialer dial, long backOffFirstMillis, long backOffMaxMillis) {}
