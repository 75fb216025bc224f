package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.SessTermReason;
import dev.holdfast.bpv7.tcpcl.TcpclInput;
import dev.holdfast.bpv7.tcpcl.TcpclOutput;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.bpv7.tcpcl.TcpclSession;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A neighbour of the gateway under test: one connection, one platform thread, the session of bpv7.
 *
 * <p>It sends whatever its source gives while fewer than its window wait for their acknowledgement,
 * and acknowledges at once whatever it gets.
 */
final class TcpclPeer implements AutoCloseable {
  private static final int READ_BUFFER = 256 << 10;
  private static final int GATHERED = 64;
  private static final long DRAIN_MILLIS = 1_000;

  private final GatewayClock clock;
  private final SocketChannel channel;
  private final Selector selector;
  private final TcpclParameters parameters;
  private final TcpclSession session;
  private final Supplier<Optional<Cargo>> source;
  private final Consumer<PeerEvent> events;
  private final Thread thread;

  private final ArrayDeque<ByteBuffer> unwritten = new ArrayDeque<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER);
  private final Map<Long, Cargo> streamed = new HashMap<>();
  private List<TcpclInput> inputs = new ArrayList<>();
  private boolean established;
  private boolean over;
  private long nextToken;
  private int inFlight;

  private volatile int window;
  private volatile boolean closing;

  /**
   * A peer on a connection that stands already.
   *
   * @param role who began the connection
   * @param self who we are
   * @param source the next bundle to send, asked on the peer's thread; empty for none at the moment
   * @param events told on the peer's thread
   */
  TcpclPeer(
      GatewayClock clock,
      SocketChannel channel,
      TcpclParameters.Role role,
      NodeId self,
      Supplier<Optional<Cargo>> source,
      Consumer<PeerEvent> events) {
    this.clock = clock;
    this.channel = channel;
    this.parameters = TcpclParameters.of(role, self);
    this.session = new TcpclSession(parameters);
    this.source = source;
    this.events = events;
    try {
      this.selector = Selector.open();
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      throw new BenchException("a connection cannot be set up: " + e.getMessage(), e);
    }
    this.thread = Thread.ofPlatform().name("bench-peer").daemon().unstarted(this::run);
  }

  /** Begins to talk. */
  void start() {
    thread.start();
  }

  /** How many bundles may wait for their acknowledgement from now on; the source is asked again. */
  void window(int bundles) {
    window = bundles;
    selector.wakeup();
  }

  /** Ends the session and waits until the connection is closed. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(2 * DRAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (channel;
        selector) {
      inputs.add(new TcpclInput.Connected());
      while (!over) {
        turn();
        offer();
        write();
        if (!over) {
          read(inputs.isEmpty());
        }
      }
      write();
    } catch (IOException | BenchException e) {
      events.accept(new PeerEvent.Down(String.valueOf(e.getMessage())));
    }
  }

  private void offer() {
    if (closing) {
      inputs.add(new TcpclInput.Terminate(SessTermReason.UNKNOWN, DRAIN_MILLIS));
      closing = false;
      established = false;
    }
    int room = session.room();
    while (established && inFlight < window && room > 0) {
      Optional<Cargo> cargo = source.get();
      if (cargo.isEmpty()) {
        return;
      }
      inputs.add(send(cargo.get()));
      room--;
    }
  }

  private TcpclInput send(Cargo cargo) {
    long token = nextToken++;
    inFlight++;
    return switch (cargo) {
      case Cargo.Whole whole -> new TcpclInput.Send(token, whole.length(), whole.parts());
      case Cargo.Repeated repeated -> {
        streamed.put(token, repeated);
        yield new TcpclInput.Send(token, repeated.length(), List.of());
      }
    };
  }

  private void turn() {
    List<TcpclInput> now = inputs.isEmpty() ? List.of(new TcpclInput.Tick()) : inputs;
    inputs = new ArrayList<>();
    for (TcpclOutput output : session.on(millis(), now)) {
      carryOut(output);
    }
  }

  private void carryOut(TcpclOutput output) {
    switch (output) {
      case TcpclOutput.Write write ->
          write.parts().forEach(part -> unwritten.add(part.asByteBuffer()));
      case TcpclOutput.PeerKnown _ -> {
        inputs.add(new TcpclInput.Admit(parameters));
        inputs.add(new TcpclInput.Received(Octets.EMPTY));
      }
      case TcpclOutput.Established _ -> {
        established = true;
        events.accept(new PeerEvent.Up());
      }
      case TcpclOutput.NeedData need -> inputs.add(data(need));
      case TcpclOutput.TransferAcked acked -> {
        if (acked.last()) {
          settled(acked.token());
          events.accept(new PeerEvent.Acked(acked.token(), clock.now().bootNanos()));
        }
      }
      case TcpclOutput.TransferRefused refused -> {
        settled(refused.token());
        events.accept(new PeerEvent.Failed(refused.token(), "refused: " + refused.reason()));
      }
      case TcpclOutput.TransferLost lost -> {
        settled(lost.token());
        events.accept(new PeerEvent.Failed(lost.token(), "lost: " + lost.cause()));
      }
      case TcpclOutput.TransferData(var _, Octets octets) ->
          events.accept(new PeerEvent.Piece(octets));
      case TcpclOutput.TransferEnded ended -> {
        inputs.add(new TcpclInput.Accepted(ended.id()));
        events.accept(new PeerEvent.Arrived(clock.now().bootNanos()));
      }
      case TcpclOutput.CloseConnection(String cause) -> {
        over = true;
        events.accept(new PeerEvent.Down(cause));
      }
      case TcpclOutput.Violation(var fault) ->
          throw new BenchException("the gateway broke a rule of TCPCLv4: " + fault);
      case TcpclOutput.Rejected(var reason, int type) ->
          throw new BenchException("the gateway rejected message type " + type + ": " + reason);
      case TcpclOutput.StartTls _,
          TcpclOutput.TransferStarted _,
          TcpclOutput.TransferSent _,
          TcpclOutput.TransferAborted _,
          TcpclOutput.Terminated _ -> {}
    }
  }

  private TcpclInput data(TcpclOutput.NeedData need) {
    return switch (streamed.get(need.token())) {
      case Cargo.Repeated repeated ->
          new TcpclInput.Data(need.token(), repeated.at(need.offset(), need.maxBytes()));
      case null -> new TcpclInput.DataUnavailable(need.token());
      case Cargo.Whole _ -> new TcpclInput.DataUnavailable(need.token());
    };
  }

  private void settled(long token) {
    inFlight--;
    streamed.remove(token);
  }

  private void write() throws IOException {
    long written = 0;
    while (!unwritten.isEmpty()) {
      ByteBuffer[] some = unwritten.stream().limit(GATHERED).toArray(ByteBuffer[]::new);
      long more = channel.write(some);
      written += more;
      while (!unwritten.isEmpty() && !unwritten.peek().hasRemaining()) {
        unwritten.poll();
      }
      if (more == 0) {
        break;
      }
    }
    if (written > 0) {
      inputs.add(new TcpclInput.Written(written));
    }
  }

  private void read(boolean mayWait) throws IOException {
    boolean more = !unwritten.isEmpty();
    channel.keyFor(selector).interestOps(SelectionKey.OP_READ | (more ? SelectionKey.OP_WRITE : 0));
    if (mayWait) {
      long deadline = session.nextDeadline().orElse(millis() + 1_000);
      selector.select(Math.max(1, deadline - millis()));
    } else {
      selector.selectNow();
    }
    if (selector.selectedKeys().removeIf(SelectionKey::isReadable)) {
      int read = channel.read(readBuffer.clear());
      if (read < 0) {
        inputs.add(new TcpclInput.ConnectionLost());
      } else if (read > 0) {
        inputs.add(new TcpclInput.Received(Octets.copyOf(readBuffer.flip())));
      }
    }
    selector.selectedKeys().clear();
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(clock.now().bootNanos());
  }
}
