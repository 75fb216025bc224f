package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a TCP connection over a medium: bytes arrive in their order, lost ones are sent
 * again, and while the medium is down they wait. A wrong bit may slip through, as checksums of TCP
 * let it.
 */
final class ByteStream {
  private static final long AGAIN_NANOS = 200_000_000L;
  private static final int SEGMENT = 64 * 1024;

  /** About as long as TCP tries by default (RFC 1122 §4.2.3.5; 15 retransmissions on Linux). */
  private static final long GIVE_UP_NANOS = 924_000_000_000L;

  /** Who writes. */
  abstract static class Near {
    /** So many bytes more have left. */
    abstract void written(long bytes);

    /** Nothing got through for so long that TCP gave up. */
    abstract void gaveUp();
  }

  /** Who reads. */
  abstract static class Far {
    /** These bytes arrived. */
    abstract void read(Octets octets);

    /** Nothing more will come. */
    abstract void ended();
  }

  private final SimTime time;
  private final Medium medium;
  private final Near near;
  private final Far far;
  private final Runnable resume = this::resume;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private boolean finished;
  private boolean broken;

  /** A stream from one to the other. */
  ByteStream(SimTime time, Medium medium, Near near, Far far) {
    this.time = time;
    this.medium = medium;
    this.near = near;
    this.far = far;
    medium.listen(resume);
  }

  private final class Segment extends Medium.Passage {
    private Octets octets;
    private boolean under;
    private final boolean counted;
    private boolean told;
    private boolean arrived;

    Segment(Octets octets, boolean counted) {
      this.octets = octets;
      this.counted = counted;
    }

    void go() {
      if (!under && !arrived && !broken && medium.isUp()) {
        under = true;
        medium.send(octets.size(), this);
      }
    }

    @Override
    boolean wantsLeaving() {
      return true;
    }

    @Override
    void left() {
      if (counted && !told && !broken) {
        told = true;
        near.written(octets.size());
      }
    }

    @Override
    void arrived(Medium.Harm harm) {
      if (harm.flippedBit() >= 0) {
        octets = OutboundBundle.flip(octets, harm.flippedBit());
      }
      under = false;
      arrived = true;
      hand();
    }

    @Override
    void lost() {
      under = false;
      time.after(2 * medium.lightNanos() + AGAIN_NANOS, this::go);
    }
  }

  /** Writes bytes behind all others. */
  void write(Octets octets) {
    write(octets, true);
  }

  /** Writes bytes of which the writer knows nothing. */
  void inject(Octets octets) {
    write(octets, false);
  }

  private void write(Octets octets, boolean counted) {
    for (int at = 0; at < octets.size() && !broken; at += SEGMENT) {
      Segment segment =
          new Segment(octets.slice(at, Math.min(octets.size(), at + SEGMENT)), counted);
      segments.add(segment);
      segment.go();
      watch(segment);
    }
  }

  /** A segment that does not get through for long ends the connection. */
  private void watch(Segment segment) {
    if (segments.getFirst() == segment) {
      time.after(
          GIVE_UP_NANOS,
          () -> {
            if (!broken && !segments.isEmpty() && segments.getFirst() == segment) {
              breakOff();
              near.gaveUp();
            }
          });
    }
  }

  /** Nothing more will be written: the other end is told once it has everything. */
  void finish() {
    finished = true;
    if (segments.isEmpty() && !broken) {
      breakOff();
      time.after(medium.lightNanos(), far::ended);
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
      far.read(segments.removeFirst().octets);
      if (!segments.isEmpty()) {
        watch(segments.getFirst());
      }
    }
    if (finished && segments.isEmpty() && !broken) {
      breakOff();
      far.ended();
    }
  }
}
