/**
 * A relay for TCP and UDP that behaves like a link between two distant nodes: light time, rate,
 * loss and contact windows, each direction on its own. Needs no root and no kernel module.
 *
 * <p>It stands between two unmodified programs: one connects to the relay's listening address as if
 * it were the other end, and the relay connects to the other end.
 *
 * <ul>
 *   <li>A byte leaves when the direction's transmitter has sent everything before it at the rate of
 *       the window, and arrives one light time later, even if the window closed meanwhile. All
 *       connections and datagrams of a direction share its transmitter.
 *   <li>Opening a TCP connection costs one round trip before bytes move, as TCP's handshake does.
 *       (The dialling program's own {@code connect} returns at once: it ends at the relay.)
 *   <li>TCP needs both directions. While one is closed the listening port refuses connections. When
 *       one closes, connections are cut: nothing more is taken, what left before arrives, then both
 *       ends see a reset. With {@link LinkemSettings.AtWindowEnd#HOLD} they are kept, and bytes
 *       wait for the next window.
 *   <li>A lost packet of a TCP stream (1,400 bytes) shows as what TCP makes of it: everything
 *       behind it arrives a round trip later; if no second attempt fits into the window, the stream
 *       ends there. Lost datagrams do not arrive. Which packets are lost depends on the seed, the
 *       number of the connection and the position in it, and on nothing else.
 *   <li>Datagrams outside a window, or behind too long a queue, are dropped and counted.
 *   <li>Windows that follow each other without a gap are one opening in which rate, light time or
 *       loss change: connections stay, and what is leaving goes on leaving.
 * </ul>
 *
 * <p>The windows may come from a link trace, of which everything is followed that a link can do
 * ({@link TraceWindows}): what is in flight may be lost when it closes, and a reset cuts the
 * connections of a link that stays open.
 *
 * <p>What a window, a transmitter and a loss do is decided by pure classes ({@link LinkTimeline},
 * {@code Transmitter}, {@code PacketLoss}); sockets are blocking channels on virtual threads.
 * Memory is bounded per connection and direction by what the link can hold in flight; a full buffer
 * is pushed back into the sender's socket.
 *
 * <p>May depend on {@code gateway.clock}, {@code gateway.config} (units) {@code contacts} and
 * {@code contacts.trace}.
 */
@NullMarked
package dev.holdfast.gateway.linkem;

import org.jspecify.annotations.NullMarked;
