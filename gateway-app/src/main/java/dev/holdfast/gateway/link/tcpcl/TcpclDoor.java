package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.Leniency;
import dev.holdfast.bpv7.tcpcl.PeerParameters;
import dev.holdfast.bpv7.tcpcl.SessTermReason;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.bpv7.tcpcl.TcpclParameters.Role;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.Listener;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes TCPCLv4 connections and finds, by the node id of the peer's SESS_INIT, the link that each
 * belongs to. Neighbours that are not configured become links of their own as long as they are
 * connected, or are turned away. Any thread.
 */
public final class TcpclDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpclDoor.class);
  private static final long TURN_AWAY_MILLIS = 1_000;
  private static final long NO_BACK_OFF = 1;

  private final TcpclDoorSettings settings;
  private final LinkServices services;
  private final Listener listener;
  private final Consumer<Link> comes;
  private final Consumer<Link> goes;
  private final Map<NodeId, TcpclLink> links = new TreeMap<>();
  private final Map<NodeId, TcpclLink> guests = new TreeMap<>();

  private TcpclDoor(
      TcpclDoorSettings settings,
      LinkServices services,
      Listener listener,
      Consumer<Link> comes,
      Consumer<Link> goes) {
    this.settings = settings;
    this.services = services;
    this.listener = listener;
    this.comes = comes;
    this.goes = goes;
  }

  /**
   * Binds the address; nothing is taken before {@link #start}.
   *
   * @param configured the links of neighbours that may connect
   * @param comes told of the link of a neighbour that is not configured, before it is up
   * @param goes told of it when it is gone
   * @throws IOException if the address cannot be bound
   */
  public static TcpclDoor bind(
      TcpclDoorSettings settings,
      LinkServices services,
      List<TcpclLink> configured,
      Consumer<Link> comes,
      Consumer<Link> goes)
      throws IOException {
    Listener listener = Listener.bind(settings.host(), settings.port(), settings.most());
    TcpclDoor door = new TcpclDoor(settings, services, listener, comes, goes);
    configured.forEach(link -> door.links.put(link.peer(), link));
    return door;
  }

  /** The port that it listens on. */
  public int port() {
    return listener.port();
  }

  /** Takes connections from now on. */
  public void start() {
    listener.start(services, this::taken);
  }

  private void taken(SocketChannel channel) {
    TcpclParameters parameters = TcpclParameters.of(Role.PASSIVE, settings.self());
    TcpclConnection.accepted(services, channel, this, parameters).start();
  }

  /** A connection that came in says who it is. */
  void known(TcpclConnection connection, PeerParameters peer) {
    Optional<TcpclLink> link = peer.nodeId().flatMap(this::link);
    if (link.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("event", "tcpcl-unknown-peer")
          .addKeyValue("peer", peer.nodeId().map(NodeId::toString).orElse("nobody"))
          .log("turned away: no link is configured for it");
      turnAway(connection, SessTermReason.CONTACT_FAILURE);
    } else if (!link.get().adopt(connection)) {
      // The link has just been closed; if it is a guest's, the next attempt finds a new one.
      turnAway(connection, SessTermReason.BUSY);
    }
  }

  private static void turnAway(TcpclConnection connection, SessTermReason reason) {
    connection.terminate(reason, TURN_AWAY_MILLIS);
    connection.ready();
  }

  /** A connection that came in has ended. */
  void left() {
    listener.leave();
  }

  private synchronized Optional<TcpclLink> link(NodeId node) {
    TcpclLink configured = links.get(node);
    return configured != null
        ? Optional.of(configured)
        : settings.guests().map(g -> guest(node, g));
  }

  private TcpclLink guest(NodeId node, TcpclDoorSettings.Guests terms) {
    TcpclLink known = guests.get(node);
    if (known != null) {
      return known;
    }
    TcpclLinkSettings guest =
        new TcpclLinkSettings(
            new LinkId("peer " + node),
            settings.self(),
            node,
            Optional.empty(),
            EnumSet.noneOf(Leniency.class),
            terms.reading(),
            false,
            terms.keepaliveSeconds(),
            terms.limits(),
            NO_BACK_OFF,
            NO_BACK_OFF);
    TcpclLink link = new TcpclLink(guest, services, this::idle);
    guests.put(node, link);
    comes.accept(link);
    link.open(new Link.OpenOrder(0));
    return link;
  }

  /** A guest has left. */
  private void idle(TcpclLink link) {
    synchronized (this) {
      guests.remove(link.peer(), link);
    }
    goes.accept(link);
    link.close();
  }

  /** Takes no more connections; those that are there go on. */
  @Override
  public void close() {
    listener.close();
  }
}
