package dev.holdfast.gateway.linkem;

import dev.holdfast.gateway.linkem.Transmitter.Passage;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One direction of one TCP connection. One virtual thread takes bytes from the source and lets them
 * leave, another hands them to the sink when they arrive.
 */
final class TcpStream {
  /** How long the sink may take for its last bytes once a cut has reached it. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** How long a reset stays behind the last byte, so that it does not destroy it on its way. */
  private static final long SETTLE_NANOS = 20_000_000;

  private static final long LEAST_ROUND_TRIP_NANOS = 1_000_000;

  private final Emulation emulation;
  private final LinkDirection direction;
  private final SocketChannel source;
  private final SocketChannel sink;
  private final AtomicBoolean cut;
  private final DelayLine<Cargo> line;
  private final StreamLoss loss;
  private final Thread taker;
  private final Thread deliverer;

  /** What travels. */
  private sealed interface Cargo {
    record Data(ByteBuffer bytes) implements Cargo {}

    record End(Ending how) implements Cargo {}
  }

  /** How a stream ends. */
  private enum Ending {
    /** The source said that nothing follows. */
    FINISHED,
    /** The source is gone. */
    RESET,
    /** The window closed; {@link #cutOff} resets the sink. */
    CUT
  }

  /**
   * A stream that {@link #start} sets going.
   *
   * @param number of the connection
   * @param cut shared by both directions: set when the connection is cut
   */
  TcpStream(
      Emulation emulation,
      LinkDirection direction,
      long number,
      SocketChannel source,
      SocketChannel sink,
      AtomicBoolean cut) {
    this.emulation = emulation;
    this.direction = direction;
    this.source = source;
    this.sink = sink;
    this.cut = cut;
    this.line = new DelayLine<>(emulation.time(), emulation.inFlightBytes(direction));
    this.loss = new StreamLoss(emulation.loss(), number, direction);
    String name = "linkem-" + number + "-" + direction.word();
    this.taker = Thread.ofVirtual().name(name + "-take").unstarted(this::takeAll);
    this.deliverer = Thread.ofVirtual().name(name + "-deliver").unstarted(this::deliverAll);
  }

  void start() {
    taker.start();
    deliverer.start();
  }

  void join() throws InterruptedException {
    taker.join();
    deliverer.join();
  }

  void interrupt() {
    taker.interrupt();
    deliverer.interrupt();
  }

  /** Waits until the last byte that left before {@code at} has arrived; then resets the sink. */
  void cutOff(long at) {
    LinkTime time = emulation.time();
    try {
      time.await(at + emulation.timeline(direction).qualityAt(at - 1).owltNanos());
      if (deliverer.join(GRACE)) {
        time.await(time.now() + SETTLE_NANOS);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    reset(sink);
  }

  /** Closes a socket so that its peer sees a reset. */
  static void reset(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException alreadyGone) {
      // Closing is all that is left to do.
    }
    close(channel);
  }

  /** Closes a socket that nobody expects anything of any more. */
  static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // It is closed, which is what was asked.
    }
  }

  private void takeAll() {
    try {
      Ending ending;
      try {
        ending = take();
      } catch (IOException gone) {
        ending = Ending.RESET;
      }
      long owlt = emulation.timeline(direction).qualityAt(emulation.time().now()).owltNanos();
      Ending how = cut.get() ? Ending.CUT : ending;
      line.put(new Cargo.End(how), 0, emulation.time().now() + owlt);
    } catch (InterruptedException closing) {
      line.abandon();
    }
  }

  private Ending take() throws IOException, InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    SharedTransmitter transmitter = emulation.transmitter(direction);
    while (true) {
      transmitter.awaitNearlyIdle();
      buffer.clear().limit(emulation.quantumBytes(direction));
      if (source.read(buffer) < 0) {
        return Ending.FINISHED;
      }
      byte[] bytes = new byte[buffer.flip().remaining()];
      buffer.get(bytes);
      if (!depart(ByteBuffer.wrap(bytes))) {
        return Ending.CUT;
      }
    }
  }

  /** Lets bytes leave; false if the rest of the stream never can. */
  private boolean depart(ByteBuffer bytes) throws InterruptedException {
    boolean hold = emulation.settings().atWindowEnd() == LinkemSettings.AtWindowEnd.HOLD;
    while (bytes.hasRemaining()) {
      switch (emulation.transmitter(direction).send(bytes.remaining())) {
        case Passage.Departs departs -> {
          OptionalLong arrival = arrival(departs, hold);
          if (arrival.isEmpty()) {
            return false;
          }
          emulation.tally().side(direction).streamBytesTaken.add(departs.bytes());
          ByteBuffer part = bytes.slice(bytes.position(), departs.bytes());
          bytes.position(bytes.position() + departs.bytes());
          line.put(new Cargo.Data(part), departs.bytes(), arrival.getAsLong());
        }
        case Passage.Closed closed -> {
          if (!hold) {
            return false;
          }
          emulation.time().await(closed.opensAt());
        }
      }
    }
    return true;
  }

  private OptionalLong arrival(Passage.Departs departs, boolean hold) {
    long before = loss.lost();
    long roundTrip =
        Math.max(
            LEAST_ROUND_TRIP_NANOS,
            emulation.settings().schedule().roundTripNanos(departs.departedAt() - 1));
    OptionalLong later = loss.delay(departs.bytes(), departs, roundTrip);
    emulation.tally().side(direction).streamPacketsLost.add(loss.lost() - before);
    if (later.isPresent()) {
      return OptionalLong.of(departs.arrivesAt() + later.getAsLong());
    }
    long next = emulation.timeline(direction).nextOpen(departs.last().endNanos());
    return hold
        ? OptionalLong.of(next + departs.window().quality().owltNanos())
        : OptionalLong.empty();
  }

  private void deliverAll() {
    try {
      deliver();
    } catch (IOException sinkGone) {
      line.abandon();
      tellSource();
    } catch (InterruptedException closing) {
      line.abandon();
    }
  }

  private void deliver() throws IOException, InterruptedException {
    while (true) {
      switch (line.take()) {
        case Cargo.Data(ByteBuffer bytes) -> {
          int size = bytes.remaining();
          while (bytes.hasRemaining()) {
            sink.write(bytes);
          }
          emulation.tally().side(direction).streamBytesDelivered.add(size);
        }
        case Cargo.End(Ending how) -> {
          switch (how) {
            case FINISHED -> sink.shutdownOutput();
            case RESET -> reset(sink);
            case CUT -> {}
          }
          return;
        }
      }
    }
  }

  /** The sink is gone: its reset goes back to the source at the speed of light. */
  private void tellSource() {
    if (cut.get()) {
      return;
    }
    LinkTime time = emulation.time();
    LinkTimeline back = emulation.timeline(direction.reversed());
    try {
      time.await(time.now() + back.qualityAt(time.now()).owltNanos());
      reset(source);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
