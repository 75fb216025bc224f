package dev.holdfast.bpv7.tcpcl;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Hostile bytes: whatever comes in, a session throws nothing, writes no more than a small multiple
 * of it, and settles everything it was given.
 */
final class TcpclSessionFuzzTest {
  private static final byte[] OPENING =
      Octets.ofHex(
              "64746e210400" + "07001e000000000000fa00000000000000fa00000769706e3a322e3000000000")
          .toByteArray();
  private static final TcpclLimits LIMITS =
      new TcpclLimits(300, 1000, 64, 64, 4, 4, 4, 1000, 2000, 8, 16);

  /** The first byte chooses the session, the second how the rest is cut. */
  @FuzzTest
  void aSessionBearsAnything(byte[] input) {
    if (input.length < 2) {
      return;
    }
    int choice = input[0];
    Watched watched = new Watched(parameters(choice));
    watched.on(new TcpclInput.Connected());
    watched.on(new TcpclInput.Send(0, 600, List.of(Octets.wrap(new byte[600]))));
    watched.on(new TcpclInput.Send(1, 700, List.of(Octets.wrap(new byte[5]))));
    if ((choice & 4) != 0) {
      watched.on(new TcpclInput.Received(Octets.copyOf(OPENING)));
    }
    int step = 1 + (input[1] & 0x7f);
    for (int at = 2; at < input.length; at += step) {
      byte[] chunk = Arrays.copyOfRange(input, at, Math.min(input.length, at + step));
      watched.on(new TcpclInput.Received(Octets.wrap(chunk)));
      watched.between(chunk[0]);
    }
    watched.on(new TcpclInput.ConnectionLost());
    watched.end();
  }

  private static TcpclParameters parameters(int choice) {
    Set<Leniency> leniencies = EnumSet.noneOf(Leniency.class);
    if ((choice & 8) != 0) {
      leniencies = EnumSet.allOf(Leniency.class);
    }
    return new TcpclParameters(
        (choice & 1) != 0 ? TcpclParameters.Role.ACTIVE : TcpclParameters.Role.PASSIVE,
        NodeId.ipn(1),
        Optional.empty(),
        10,
        (choice & 2) != 0 ? TlsPolicy.ALLOW : TlsPolicy.NEVER,
        List.of(),
        leniencies,
        new TcpclParameters.Pace(100, 400),
        1000,
        1000,
        0,
        LIMITS);
  }

  /** A session with an edge that does what it is told. */
  private static final class Watched {
    private final TcpclParameters own;
    private final TcpclSession session;
    private final Deque<TcpclInput> answers = new ArrayDeque<>();
    private long now;
    private long read;
    private long written;
    private long unwritten;
    private int settled;
    private boolean closed;

    Watched(TcpclParameters own) {
      this.own = own;
      this.session = new TcpclSession(own);
    }

    void on(TcpclInput input) {
      turn(input);
      while (!answers.isEmpty()) {
        turn(answers.remove());
      }
    }

    private void turn(TcpclInput input) {
      if (input instanceof TcpclInput.Received(Octets octets)) {
        read += octets.size();
      }
      for (TcpclOutput output : session.on(now, input)) {
        check(!closed, "output after the end: " + output);
        take(output);
      }
      check(written < 4000 + 30 * read, written + " bytes written for " + read + " read");
    }

    private void take(TcpclOutput output) {
      switch (output) {
        case TcpclOutput.PeerKnown _ -> {
          answers.add(new TcpclInput.Admit(own));
          answers.add(new TcpclInput.Received(Octets.EMPTY));
        }
        case TcpclOutput.Write(var _, int size) -> {
          written += size;
          unwritten += size;
          check(unwritten <= 2000 + 500 + 100, unwritten + " bytes unwritten");
        }
        case TcpclOutput.NeedData(long token, long _, int most) ->
            answers.add(new TcpclInput.Data(token, Octets.wrap(new byte[Math.min(most, 40)])));
        case TcpclOutput.TransferEnded(var id, long length) -> {
          check(length <= 1000, "a bundle of " + length + " bytes");
          if (id.number() % 3 == 0) {
            answers.add(new TcpclInput.Accepted(id));
          } else if (id.number() % 3 == 1) {
            answers.add(new TcpclInput.Refused(id, XferRefuseReason.COMPLETED));
          }
        }
        case TcpclOutput.TransferAcked(long _, long _, boolean last) -> settled += last ? 1 : 0;
        case TcpclOutput.TransferRefused _, TcpclOutput.TransferLost _ -> settled++;
        case TcpclOutput.CloseConnection _ -> closed = true;
        case TcpclOutput.StartTls _ -> answers.add(new TcpclInput.TlsEstablished());
        case TcpclOutput.Established _,
            TcpclOutput.TransferStarted _,
            TcpclOutput.TransferData _,
            TcpclOutput.TransferAborted _,
            TcpclOutput.TransferSent _,
            TcpclOutput.Rejected _,
            TcpclOutput.Violation _,
            TcpclOutput.Terminated _ -> {}
      }
    }

    /** What else happens between two reads. */
    void between(int choice) {
      if ((choice & 1) != 0 && !closed) {
        long all = unwritten;
        unwritten = 0;
        on(new TcpclInput.Written(all));
      }
      if ((choice & 6) == 6) {
        now += 1500;
        on(new TcpclInput.Tick());
      }
    }

    void end() {
      check(closed, "the connection was lost and the session lives");
      check(settled == 2, settled + " of 2 bundles settled");
      check(session.nextDeadline().isEmpty(), "a deadline after the end");
    }

    private static void check(boolean holds, String otherwise) {
      if (!holds) {
        throw new AssertionError(otherwise);
      }
    }
  }
}
