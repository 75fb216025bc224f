/**
 * The HTTP interface: {@code /api/v1} for applications and operators, {@code /api/2/things} for
 * twins as Eclipse Ditto has them, health, and metrics.
 *
 * <p>Bodies are JSON, except payloads; errors are problem documents (RFC 9457). Requests run on the
 * web server's own platform threads, which may read the store; whoever waits for a bundle or an
 * event holds no thread but a virtual one. Everything that changes something goes through the node
 * or the twins, and is answered once it is durable.
 */
@NullMarked
package dev.holdfast.gateway.api;

import org.jspecify.annotations.NullMarked;
