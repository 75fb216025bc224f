package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One direction of a TCP connection over a medium: bytes arrive in their order, lost ones are sent
 * again, and while the medium is down they wait. A wrong bit may slip through, as checksums of TCP
 * let it.
 */
final class ByteStream {
  private static final long AGAIN_NANOS = 200_000_000L;
  private static final int SEGMENT = 64 * 1024;

  private final SimTime time;
  private final Medium medium;
  private final LongConsumer written;
  private final Consumer<Octets> reader;
  private final Runnable ended;
  private final Runnable resume = this::resume;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private boolean finished;
  private boolean broken;

  /**
   * A stream.
   *
   * @param written told how many bytes have left
   * @param reader told what arrives
   * @param ended told at the other end that nothing more will come
   */
  ByteStream(
      SimTime time, Medium medium, LongConsumer written, Consumer<Octets> reader, Runnable ended) {
    this.time = time;
    this.medium = medium;
    this.written = written;
    this.reader = reader;
    this.ended = ended;
    medium.listen(resume);
  }

  private final class Segment implements Medium.Passage {
    private Octets octets;
    private boolean under;
    private boolean told;
    private boolean arrived;

    Segment(Octets octets) {
      this.octets = octets;
    }

    void go() {
      if (!under && !arrived && !broken && medium.isUp()) {
        under = true;
        medium.send(octets.size(), this);
      }
    }

    @Override
    public boolean wantsLeaving() {
      return true;
    }

    @Override
    public void left() {
      if (!told && !broken) {
        told = true;
        written.accept(octets.size());
      }
    }

    @Override
    public void arrived(Medium.Harm harm) {
      if (harm.flippedBit() >= 0) {
        octets = OutboundBundle.flip(octets, harm.flippedBit());
      }
      under = false;
      arrived = true;
      hand();
    }

    @Override
    public void lost() {
      under = false;
      time.after(2 * medium.lightNanos() + AGAIN_NANOS, this::go);
    }
  }

  /** Writes bytes behind all others. */
  void write(Octets octets) {
    for (int at = 0; at < octets.size() && !broken; at += SEGMENT) {
      Segment segment = new Segment(octets.slice(at, Math.min(octets.size(), at + SEGMENT)));
      segments.add(segment);
      segment.go();
    }
  }

  /** Nothing more will be written: the other end is told once it has everything. */
  void finish() {
    finished = true;
    if (segments.isEmpty() && !broken) {
      breakOff();
      time.after(medium.lightNanos(), ended);
    }
  }

  /** Nothing more arrives, nobody is told. */
  void breakOff() {
    broken = true;
    segments.clear();
    medium.forget(resume);
  }

  private void resume() {
    if (medium.isUp() && !broken) {
      segments.forEach(Segment::go);
    }
  }

  private void hand() {
    while (!broken && !segments.isEmpty() && segments.getFirst().arrived) {
      reader.accept(segments.removeFirst().octets);
    }
    if (finished && segments.isEmpty() && !broken) {
      breakOff();
      ended.run();
    }
  }
}
