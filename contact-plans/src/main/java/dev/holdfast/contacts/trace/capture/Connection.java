package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.LinkChange;
import java.util.List;
import java.util.Optional;

/** One TCP connection of a capture: what its two sides sent, in order, handed to its talk. */
final class Connection {
  private final Endpoint[] ends;
  private final TcpStream[] streams;
  private final CaptureOptions options;
  private final Line line;
  private final boolean[] closed = new boolean[2];
  private final boolean[] gapTold = new boolean[2];

  /** What each side said before it was clear what they speak. */
  private final Octets[] heard = {Octets.EMPTY, Octets.EMPTY};

  private Optional<Talk> talk = Optional.empty();

  private long synAt = -1;
  private boolean synAcked;
  private boolean measured;

  /** A connection of which {@code first} is the first segment seen. */
  Connection(TcpSegment first, Crossings crossings, CaptureOptions options, WaitingRoom room) {
    boolean reply = first.isSyn() && first.isAck();
    this.ends =
        reply
            ? new Endpoint[] {first.to(), first.from()}
            : new Endpoint[] {first.from(), first.to()};
    this.streams = new TcpStream[] {new TcpStream(room), new TcpStream(room)};
    this.options = options;
    this.line = new Line(crossings, options, ends[0], ends[1]);
  }

  Line line() {
    return line;
  }

  /** Whether a segment is the first one of another connection between the same ends. */
  boolean isSucceededBy(TcpSegment segment) {
    TcpStream stream = streams[side(segment)];
    return segment.isSyn()
        && !segment.isAck()
        && stream.hasBegun()
        && !stream.isFreshAt(segment.sequence() + 1);
  }

  private int side(TcpSegment segment) {
    return segment.from().equals(ends[0]) ? 0 : 1;
  }

  /** Whether neither side sends any more. */
  boolean isOver() {
    return closed[0] && closed[1];
  }

  void on(TcpSegment segment, long nanos) {
    int side = side(segment);
    TcpStream stream = streams[side];
    handshake(side, segment, nanos);
    if (segment.isRst()) {
      close(0, true, "the connection was reset within it");
      close(1, true, "the connection was reset within it");
      return;
    }
    int sequence = segment.isSyn() ? segment.sequence() + 1 : segment.sequence();
    if (segment.length() > 0 || segment.isSyn() || segment.isFin()) {
      stream.begin(sequence);
    }
    if (closed[side] || !stream.hasBegun()) {
      return;
    }
    long fresh = stream.fresh(sequence, segment.length());
    if (segment.payload().size() < segment.length()) {
      line.crossings().findings().count(IpPackets.IN_PART);
    }
    for (Octets octets : stream.on(sequence, segment.payload())) {
      hear(side, octets);
    }
    line.bytes(side, fresh);
    if (stream.isCut()) {
      tellGap(side);
    }
    if (segment.isFin()) {
      stream.endsAt(sequence + segment.length());
    }
    if (stream.isFinished() || (stream.isCut() && segment.isFin())) {
      close(side, false, "the connection ended within it");
    }
  }

  /** The round trip is the same wherever the capture was taken: from SYN to the answer's answer. */
  private void handshake(int side, TcpSegment segment, long nanos) {
    if (segment.isSyn() && side == 0 && !segment.isAck() && !synAcked) {
      synAt = nanos;
    } else if (segment.isSyn() && segment.isAck() && side == 1) {
      synAcked = true;
    } else if (segment.isAck() && side == 0 && synAcked && synAt >= 0 && !measured) {
      measured = true;
      line.owlt(Math.min((nanos - synAt) / 2, LinkChange.MAX_OWLT_NANOS));
    }
  }

  private void hear(int side, Octets octets) {
    if (talk.isPresent()) {
      talk.get().on(side, octets);
      return;
    }
    heard[side] = Octets.concat(List.of(heard[side], octets));
    talk = talk(heard[side]);
    if (talk.isPresent()) {
      for (int i = 0; i < 2; i++) {
        talk.get().on(i, heard[i]);
        heard[i] = Octets.EMPTY;
      }
    }
  }

  private Optional<Talk> talk(Octets first) {
    FirstBytes looks =
        switch (options.layer()) {
          case GUESS -> FirstBytes.of(first);
          case TCPCL -> FirstBytes.TCPCL;
          case UDPCL -> FirstBytes.OTHER;
          case MTCP -> FirstBytes.MTCP;
        };
    return switch (looks) {
      case TCPCL -> Optional.of(new TcpclTalk(line));
      case MTCP -> Optional.of(new MtcpTalk(line, options.limits()));
      case TLS -> {
        line.tell("uses TLS from its start, so it cannot be read and is left out");
        yield Optional.of(new UnknownTalk());
      }
      case OTHER -> {
        line.crossings()
            .findings()
            .count("connections of another protocol, or begun before the capture: left out");
        yield Optional.of(new UnknownTalk());
      }
      case TOO_FEW -> Optional.empty();
    };
  }

  /** Bytes are missing that will not come any more. */
  private void tellGap(int side) {
    if (!gapTold[side]) {
      gapTold[side] = true;
      line.tell(
          "lacks bytes of "
              + ends[side]
              + " after the first "
              + streams[side].position()
              + ": what follows them is not read");
      talk.ifPresent(one -> one.end(side, "bytes of it were not captured"));
    }
  }

  /** The connection ends here, seen or not. */
  void end(boolean broken, String why) {
    close(0, broken, why);
    close(1, broken, why);
  }

  private void close(int side, boolean broken, String why) {
    if (closed[side]) {
      return;
    }
    closed[side] = true;
    if (streams[side].hasGap()) {
      tellGap(side);
    }
    streams[side].close();
    talk.ifPresent(one -> one.end(side, why));
    line.down(side, broken);
  }
}
