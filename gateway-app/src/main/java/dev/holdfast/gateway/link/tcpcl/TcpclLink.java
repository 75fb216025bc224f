package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.Leniency;
import dev.holdfast.bpv7.tcpcl.PeerParameters;
import dev.holdfast.bpv7.tcpcl.SessTermReason;
import dev.holdfast.bpv7.tcpcl.TcpclInput;
import dev.holdfast.bpv7.tcpcl.TcpclParameters.Role;
import dev.holdfast.bpv7.tcpcl.TransferId;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.stream.BackOff;
import dev.holdfast.gateway.link.stream.Dialer;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.Mailbox;
import dev.holdfast.gateway.link.stream.RateMeter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The way to one neighbour over TCPCLv4: dials it while the contact is open or lets it in, and
 * shares its bundles out over up to two sessions, so that urgent ones never wait behind a large
 * one. Steps 6 and 7 of 9, the part with sockets.
 *
 * <p>Its state belongs to the thread of its mailbox.
 */
public final class TcpclLink implements Link {
  private static final long CLOSE_MILLIS = 1_000;

  private final TcpclLinkSettings settings;
  private final LinkServices services;
  private final Consumer<TcpclLink> idle;
  private final Mailbox mailbox;
  private final RateMeter meter;
  private final BackOff backOff;

  /** Every connection that is alive, for answers to what came in by it. */
  private final Map<Long, TcpclConnection> alive = new ConcurrentHashMap<>();

  private final Sessions sessions = new Sessions();
  private boolean open;
  private boolean closed;
  private long rate;
  private boolean dialling;
  private int attempts;
  private long dialAt;

  /** A link that is not open. */
  public TcpclLink(TcpclLinkSettings settings, LinkServices services) {
    this(settings, services, link -> {});
  }

  /** A link that tells when no connection is left. */
  TcpclLink(TcpclLinkSettings settings, LinkServices services, Consumer<TcpclLink> idle) {
    this.settings = settings;
    this.services = services;
    this.idle = idle;
    this.mailbox = new Mailbox(services);
    this.meter = new RateMeter(services.clock());
    this.backOff = new BackOff(settings.backOffFirstMillis(), settings.backOffMaxMillis());
    mailbox.start("link " + settings.id(), this::deadline, this::due);
  }

  @Override
  public LinkId id() {
    return settings.id();
  }

  @Override
  public Confirmation confirmation() {
    return Confirmation.STORED;
  }

  /** Who is at the other end. */
  public NodeId peer() {
    return settings.peer();
  }

  /** How many connections there are, whatever their state. Any thread. */
  public int sessionCount() {
    return alive.size();
  }

  /** How its bundles are read. */
  ReadOptions reading() {
    return settings.reading();
  }

  @Override
  public void open(OpenOrder order) {
    post(() -> opened(order));
  }

  @Override
  public void close(CloseOrder order) {
    post(() -> closed(order.drainMillis()));
  }

  @Override
  public void send(Outbound bundle) {
    post(() -> sent(bundle));
  }

  @Override
  public void accept(List<Inbound> inbound) {
    Map<Long, List<TcpclInput>> bySession = new LinkedHashMap<>();
    for (Inbound one : inbound) {
      bySession
          .computeIfAbsent(one.session(), s -> new ArrayList<>())
          .add(new TcpclInput.Accepted(new TransferId(one.transfer())));
    }
    bySession.forEach(this::answer);
  }

  @Override
  public void refuse(Inbound inbound, Refusal refusal) {
    TransferId id = new TransferId(inbound.transfer());
    answer(inbound.session(), List.of(new TcpclInput.Refused(id, Causes.of(refusal))));
  }

  /** If the session is gone, so is the transfer: the peer will send it again. */
  private void answer(long session, List<TcpclInput> verdicts) {
    TcpclConnection connection = alive.get(session);
    if (connection != null) {
      boolean _ = connection.input(verdicts);
    }
  }

  @Override
  public void close() {
    post(
        () -> {
          closed = true;
          closed(0);
          endIfClosed();
        });
  }

  /** After {@link #close()} there is nothing to be done. */
  private void post(Runnable task) {
    boolean _ = mailbox.post(task);
  }

  private void opened(OpenOrder order) {
    if (closed) {
      return;
    }
    boolean wasOpen = open;
    open = true;
    rate = order.bytesPerSecond();
    meter.rate(rate);
    sessions.pace(TcpclLinkSettings.pace(rate));
    if (!wasOpen) {
      attempts = 0;
      backOff.reset();
      dialAt = services.nowMillis();
      sessions.takeParked().forEach(this::admit);
    }
    dialIfWanted();
  }

  private void closed(long drainMillis) {
    open = false;
    meter.rate(0);
    sessions.takeParked().forEach(c -> turnAway(c, SessTermReason.BUSY));
    alive.values().forEach(c -> c.terminate(SessTermReason.UNKNOWN, drainMillis));
  }

  private long deadline() {
    long next = sessions.parkedUntil();
    return wantsToDial() ? Math.min(next, dialAt) : next;
  }

  private void due() {
    sessions.overdue(services.nowMillis()).forEach(c -> turnAway(c, SessTermReason.BUSY));
    dialIfWanted();
  }

  /** One after the other: whoever cannot be reached once cannot be reached twice. */
  private boolean wantsToDial() {
    return open
        && settings.dial().isPresent()
        && !dialling
        && !sessions.anyNegotiating()
        && sessions.count() < settings.sessions();
  }

  private void dialIfWanted() {
    if (wantsToDial() && services.nowMillis() >= dialAt) {
      dialling = true;
      settings
          .dial()
          .ifPresent(dialer -> dialer.dial(services, outcome -> post(() -> dialled(outcome))));
    }
  }

  private void dialled(Dialer.Outcome outcome) {
    dialling = false;
    switch (outcome) {
      case Dialer.Outcome.Connected connected -> {
        if (open) {
          TcpclConnection connection =
              TcpclConnection.dialled(
                  services,
                  connected.channel(),
                  this,
                  settings.parameters(Role.ACTIVE, rate),
                  meter);
          alive.put(connection.number(), connection);
          sessions.add(connection);
          connection.start();
        } else {
          connected.abandon();
        }
      }
      case Dialer.Outcome.Failed(String reason) -> unreached(reason);
    }
    endIfClosed();
  }

  /** An attempt came to nothing; the next is put off. */
  private void unreached(String reason) {
    dialAt = services.nowMillis() + backOff.nextMillis();
    if (open && !sessions.anyEstablished()) {
      attempts++;
      services.sink().offer(new LinkEvent.Unreached(id(), attempts, reason));
    }
    dialIfWanted();
  }

  /**
   * A connection of this neighbour came in: it waits for the contact, but not for ever. False if
   * the link is closed for good.
   */
  boolean adopt(TcpclConnection connection) {
    return mailbox.post(
        () -> {
          connection.belongsTo(this);
          alive.put(connection.number(), connection);
          if (closed || sessions.full()) {
            turnAway(connection, SessTermReason.BUSY);
          } else if (open) {
            admit(connection);
          } else {
            sessions.park(connection, services.nowMillis());
          }
        });
  }

  private void admit(TcpclConnection connection) {
    sessions.add(connection);
    connection.admit(settings.parameters(Role.PASSIVE, rate), meter);
  }

  private void turnAway(TcpclConnection connection, SessTermReason reason) {
    connection.terminate(reason, CLOSE_MILLIS);
    connection.ready();
  }

  /** SESS_INIT went both ways. */
  void established(TcpclConnection connection, PeerParameters peer) {
    post(
        () -> {
          boolean first = !sessions.anyEstablished();
          sessions.established(connection);
          attempts = 0;
          backOff.reset();
          dialAt = services.nowMillis();
          if (first) {
            services.sink().offer(new LinkEvent.Up(id(), peer.nodeId(), limits(peer)));
          }
          connection.ready();
          if (settings.self().compareTo(settings.peer()) > 0) {
            // Both have dialled: the side with the higher node id takes its own back.
            sessions
                .surplus(settings.sessions())
                .ifPresent(c -> c.terminate(SessTermReason.UNKNOWN, CLOSE_MILLIS));
          }
          dialIfWanted();
        });
  }

  private LinkEvent.Limits limits(PeerParameters peer) {
    boolean any = settings.leniencies().contains(Leniency.TRANSFER_MRU_IS_A_WISH);
    long transferMru = any ? Long.MAX_VALUE : peer.transferMru();
    return new LinkEvent.Limits(transferMru, settings.limits().unackedTransfers());
  }

  /** A session takes no more bundles. */
  void ending() {
    post(sessions::reassign);
  }

  /** A session is over, and everything of it has been told. */
  void ended(TcpclConnection connection, String cause) {
    post(
        () -> {
          alive.remove(connection.number());
          boolean wasUp = sessions.remove(connection);
          if (wasUp && !sessions.anyEstablished()) {
            services.sink().offer(new LinkEvent.Down(id(), cause));
          }
          if (connection.isActive() && open) {
            if (wasUp) {
              dialAt = services.nowMillis() + backOff.nextMillis();
              dialIfWanted();
            } else {
              unreached(cause);
            }
          }
          if (alive.isEmpty()) {
            idle.accept(this);
          }
          endIfClosed();
        });
  }

  private void endIfClosed() {
    if (closed && alive.isEmpty() && !dialling) {
      mailbox.close();
    }
  }

  private void sent(Outbound bundle) {
    boolean urgent = bundle.trafficClass() == TrafficClass.URGENT;
    Optional<TcpclConnection> session =
        open ? sessions.choose(urgent, settings.urgentSession()) : Optional.empty();
    if (session.isEmpty() || !session.get().send(bundle)) {
      services.sink().offer(new LinkEvent.Failed(id(), bundle.token(), LinkEvent.Cause.LOST));
    }
  }
}
