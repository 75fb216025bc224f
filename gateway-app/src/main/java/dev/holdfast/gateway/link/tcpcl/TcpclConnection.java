package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.tcpcl.SessTermReason;
import dev.holdfast.bpv7.tcpcl.TcpclInput;
import dev.holdfast.bpv7.tcpcl.TcpclOutput;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.bpv7.tcpcl.TcpclSession;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import dev.holdfast.gateway.link.stream.ChannelWriter;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.OutboundBytes;
import dev.holdfast.gateway.link.stream.RateMeter;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCPCLv4 session on one socket.
 *
 * <p>Three virtual threads. The reader reads the socket and hands bundles to the store and the
 * node, which may make it wait; nothing else ever waits with it. The writer writes the socket. The
 * conductor takes what the node, the clock and the other two have to say. Each makes turns of the
 * session, one at a time, under a lock that is never held while anything waits; what a turn says to
 * the node is told by the conductor, in the order of the turns.
 */
final class TcpclConnection {
  private static final Logger LOG = LoggerFactory.getLogger(TcpclConnection.class);
  private static final long LINGER_MILLIS = 3_000;
  private static final int BATCH = 1024;
  private static final TcpclInput LOST = new TcpclInput.ConnectionLost();
  private static final TcpclInput WAKE = new TcpclInput.Tick();

  private final LinkServices services;
  private final long number;
  private final SocketChannel channel;
  private final boolean active;
  private final Optional<TcpclDoor> door;
  private final ChannelWriter writer;

  private final ReentrantLock lock = new ReentrantLock();
  private final TcpclSession session;
  private final ConcurrentLinkedQueue<TcpclOutput> told = new ConcurrentLinkedQueue<>();
  private volatile long deadline = Long.MAX_VALUE;

  private final LinkedBlockingQueue<List<TcpclInput>> inputs = new LinkedBlockingQueue<>();
  private boolean closed;
  private final Map<Long, OutboundBytes> streamed = new ConcurrentHashMap<>();

  private final CountDownLatch ready = new CountDownLatch(1);
  private final TcpclReader reader;
  private final SessionLog log;
  private volatile boolean readingPaused;
  private volatile @Nullable TcpclLink link;
  private volatile boolean ending;
  private Optional<String> over = Optional.empty();

  private TcpclConnection(
      LinkServices services,
      SocketChannel channel,
      TcpclParameters parameters,
      RateMeter meter,
      Optional<TcpclDoor> door) {
    this.services = services;
    this.number = services.nextSession();
    this.channel = channel;
    this.active = parameters.role() == TcpclParameters.Role.ACTIVE;
    this.door = door;
    this.session = new TcpclSession(parameters);
    this.writer = new ChannelWriter(channel, meter, this::written, this::lost);
    this.log = new SessionLog(number);
    this.reader = new TcpclReader(this, services, channel);
  }

  /** A connection that a link has made. */
  static TcpclConnection dialled(
      LinkServices services,
      SocketChannel channel,
      TcpclLink link,
      TcpclParameters parameters,
      RateMeter meter) {
    TcpclConnection connection =
        new TcpclConnection(services, channel, parameters, meter, Optional.empty());
    connection.link = link;
    return connection;
  }

  /** A connection that came in at a door. */
  static TcpclConnection accepted(
      LinkServices services, SocketChannel channel, TcpclDoor door, TcpclParameters parameters) {
    RateMeter unmetered = new RateMeter(services.clock());
    return new TcpclConnection(services, channel, parameters, unmetered, Optional.of(door));
  }

  void start() {
    // Taken before any thread runs: the peer's first bytes may be here already.
    List<TcpclOutput> _ = turn(new TcpclInput.Connected());
    Thread _ = services.start("tcpcl " + number + " write", writer::run);
    Thread _ = services.start("tcpcl " + number + " conduct", this::conduct);
    Thread _ = services.start("tcpcl " + number + " read", reader::run);
  }

  /** The link's own number for the session. */
  long number() {
    return number;
  }

  /** Whether we made the connection. */
  boolean isActive() {
    return active;
  }

  /** Whether no transfer may begin any more. */
  boolean isEnding() {
    return ending;
  }

  /** A connection that came in belongs to that link from now on. */
  void belongsTo(TcpclLink owner) {
    link = owner;
  }

  /** The peer that waits is welcome, on these terms. */
  void admit(TcpclParameters parameters, RateMeter meter) {
    writer.meter(meter);
    boolean _ = input(new TcpclInput.Admit(parameters));
  }

  /** Bundles may go: the node knows of the session. */
  void ready() {
    ready.countDown();
  }

  void urgent(boolean first) {
    writer.urgent(first);
  }

  /** Leaves an input for the next turn; false if the session is over. Never waits. Any thread. */
  boolean input(TcpclInput input) {
    return input(List.of(input));
  }

  /** Leaves inputs for one and the same turn. */
  boolean input(List<TcpclInput> together) {
    synchronized (inputs) {
      return !closed && inputs.add(together);
    }
  }

  void terminate(SessTermReason reason, long drainMillis) {
    boolean _ = input(new TcpclInput.Terminate(reason, drainMillis));
  }

  /** Sends a bundle; false if the session is over. */
  boolean send(Outbound outbound) {
    OutboundBytes bytes = new OutboundBytes(outbound);
    long token = outbound.token().number();
    if (outbound.payload() instanceof Outbound.Source.Streamed) {
      streamed.put(token, bytes);
    }
    return input(new TcpclInput.Send(token, bytes.length(), bytes.first()));
  }

  /**
   * One turn of the session: bytes go to the writer, what the conductor is to tell is queued for
   * it; what concerns bundles that come in is returned, for the reader.
   */
  private List<TcpclOutput> turn(List<TcpclInput> batch) {
    List<TcpclOutput> arriving = new ArrayList<>();
    lock.lock();
    try {
      for (TcpclOutput output : session.on(services.nowMillis(), batch)) {
        switch (output) {
          case TcpclOutput.Write(var parts, int _) -> writer.write(parts);
          case TcpclOutput.TransferStarted _,
              TcpclOutput.TransferData _,
              TcpclOutput.TransferEnded _,
              TcpclOutput.TransferAborted _ ->
              arriving.add(output);
          case TcpclOutput.PeerKnown _, TcpclOutput.Established _ -> {
            arriving.add(output);
            told.add(output);
          }
          case TcpclOutput.StartTls _,
              TcpclOutput.NeedData _,
              TcpclOutput.TransferSent _,
              TcpclOutput.TransferAcked _,
              TcpclOutput.TransferRefused _,
              TcpclOutput.TransferLost _,
              TcpclOutput.Rejected _,
              TcpclOutput.Violation _,
              TcpclOutput.Terminated _,
              TcpclOutput.CloseConnection _ ->
              told.add(output);
        }
      }
      deadline = session.nextDeadline().orElse(Long.MAX_VALUE);
    } finally {
      lock.unlock();
    }
    return arriving;
  }

  /** A turn of the reader or the writer: the conductor may have something to tell. */
  List<TcpclOutput> turn(TcpclInput input) {
    List<TcpclOutput> arriving = turn(List.of(input));
    if (!told.isEmpty()) {
      boolean _ = input(WAKE);
    }
    return arriving;
  }

  private void written(long bytes) {
    List<TcpclOutput> _ = turn(new TcpclInput.Written(bytes));
  }

  /** The socket reads or writes no more. */
  void lost() {
    boolean _ = input(LOST);
  }

  /** The reader reads again. */
  void reads() {
    if (readingPaused) {
      boolean _ = input(new TcpclInput.Reading(false));
    }
  }

  /** The link that it belongs to; none before the peer is admitted. */
  Optional<TcpclLink> link() {
    return Optional.ofNullable(link);
  }

  /** Waits until {@link #ready()}, or until the session is over. */
  void awaitReady() throws InterruptedException {
    ready.await();
  }

  private void conduct() {
    try {
      List<TcpclInput> batch = new ArrayList<>();
      while (over.isEmpty()) {
        await(batch);
        List<TcpclOutput> _ = turn(batch);
        batch.clear();
        tellAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  private void await(List<TcpclInput> batch) throws InterruptedException {
    List<TcpclInput> first = inputs.poll();
    if (first == null) {
      long wait = deadline - services.nowMillis();
      first = wait > 0 ? inputs.poll(wait, TimeUnit.MILLISECONDS) : null;
    }
    if (first != null) {
      batch.addAll(first);
      List<List<TcpclInput>> more = new ArrayList<>();
      inputs.drainTo(more, BATCH);
      more.forEach(batch::addAll);
      return;
    }
    if (reader.isBusy() != readingPaused) {
      readingPaused = !readingPaused;
      batch.add(new TcpclInput.Reading(readingPaused));
    }
    batch.add(WAKE);
  }

  private void tellAll() {
    TcpclOutput output = told.poll();
    while (output != null) {
      tell(output);
      output = told.poll();
    }
  }

  private void tell(TcpclOutput output) {
    TcpclLink owner = link;
    switch (output) {
      case TcpclOutput.PeerKnown(var peer) -> door.ifPresent(d -> d.known(this, peer));
      case TcpclOutput.Established(var peer) -> {
        if (owner != null) {
          owner.established(this, peer);
        }
      }
      case TcpclOutput.NeedData(long token, long _, int most) -> wanted(token, most);
      case TcpclOutput.TransferSent(long token) ->
          report(l -> new LinkEvent.Sent(l.id(), new TransferToken(token)));
      case TcpclOutput.TransferAcked(long token, long _, boolean last) -> {
        if (last) {
          streamed.remove(token);
          report(l -> new LinkEvent.Confirmed(l.id(), new TransferToken(token)));
        }
      }
      case TcpclOutput.TransferRefused(long token, var reason, long _) ->
          failed(token, Causes.of(reason));
      case TcpclOutput.TransferLost(long token, var cause, long _) ->
          failed(token, Causes.of(cause));
      case TcpclOutput.Rejected rejected -> log.rejected(link(), rejected);
      case TcpclOutput.Violation violation -> {
        log.violation(link(), violation);
        report(l -> new LinkEvent.Violated(l.id(), violation.fault()));
      }
      case TcpclOutput.Terminated terminated -> {
        ending = true;
        log.terminated(link(), terminated);
        if (owner != null) {
          owner.ending();
        }
      }
      case TcpclOutput.CloseConnection(String cause) -> over = Optional.of(cause);
      case TcpclOutput.StartTls _,
          TcpclOutput.Write _,
          TcpclOutput.TransferStarted _,
          TcpclOutput.TransferData _,
          TcpclOutput.TransferEnded _,
          TcpclOutput.TransferAborted _ ->
          throw new IllegalStateException("not for the conductor: " + output);
    }
  }

  private void report(Function<TcpclLink, LinkEvent> event) {
    TcpclLink owner = link;
    if (owner != null) {
      services.sink().offer(event.apply(owner));
    }
  }

  private void failed(long token, LinkEvent.Cause cause) {
    streamed.remove(token);
    report(l -> new LinkEvent.Failed(l.id(), new TransferToken(token), cause));
  }

  private void wanted(long token, int most) {
    OutboundBytes bytes = streamed.get(token);
    if (bytes == null) {
      throw new IllegalStateException("bytes are wanted of " + token + ", which was given whole");
    }
    services
        .store()
        .execute(
            () ->
                input(
                    bytes
                        .next(most)
                        .<TcpclInput>map(octets -> new TcpclInput.Data(token, octets))
                        .orElse(new TcpclInput.DataUnavailable(token))));
  }

  private void end() {
    List<List<TcpclInput>> late = new ArrayList<>();
    synchronized (inputs) {
      closed = true;
      inputs.drainTo(late);
    }
    List<TcpclOutput> _ = turn(late.stream().flatMap(List::stream).toList());
    tellAll();
    ready.countDown();
    writer.finish();
    TcpclLink owner = link;
    if (owner != null) {
      owner.ended(this, over.orElse("interrupted"));
    }
    linger();
    door.ifPresent(TcpclDoor::left);
  }

  /** Lets the peer have what was written, and its FIN come, but not for ever. */
  private void linger() {
    try {
      boolean flushed = writer.await(LINGER_MILLIS);
      boolean ended = flushed && reader.await(LINGER_MILLIS);
      LOG.debug("session {} closes, flushed: {}, the peer too: {}", number, flushed, ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing session {}: {}", number, e.getMessage());
    }
  }
}
