package dev.holdfast.gateway.link;

/**
 * A transfer that came in and waits for its verdict.
 *
 * @param link the link
 * @param session the link's own number for the session
 * @param transfer the transfer within it
 */
public record Inbound(LinkId link, long session, long transfer) {}
