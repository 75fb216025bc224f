package dev.holdfast.it.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.Leniency;
import dev.holdfast.bpv7.tcpcl.SessTermReason;
import dev.holdfast.bpv7.tcpcl.TcpclInput;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import dev.holdfast.bpv7.tcpcl.TcpclOutput;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.bpv7.tcpcl.TcpclSession;
import dev.holdfast.bpv7.tcpcl.TlsPolicy;
import dev.holdfast.bpv7.tcpcl.TransferId;
import dev.holdfast.bpv7.tcpcl.XferRefuseReason;
import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our session takes the place of either side of every recorded session and gets on with the bytes
 * of the other, with the leniencies that are named for it and without a broken rule.
 */
final class SessionMeetsPeersTest {
  static List<String> files() throws IOException {
    Path directory = Transcript.goldenDirectory();
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".transcript"))
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void asTheOneThatConnects(String file) {
    new Meeting(file, Transcript.Side.ACTIVE).happens();
  }

  @ParameterizedTest
  @MethodSource("files")
  void asTheOneThatAccepts(String file) {
    new Meeting(file, Transcript.Side.PASSIVE).happens();
  }

  @Test
  void withoutItsLeniencyDtn7GoIsNotUnderstood() {
    Meeting meeting =
        new Meeting("dtn7-go-0.9.1/sends-segments-of-64.transcript", Transcript.Side.ACTIVE);
    meeting.strict();

    assertThat(meeting.violations()).isNotEmpty();
  }

  /** One recorded session, with ours on one side. */
  private static final class Meeting {
    private final String name;
    private final Transcript.Side ours;
    private final List<Transcript.Entry> entries;
    private final boolean go;
    private TcpclParameters own;
    private TcpclSession session;
    private long now;

    /** Recorded transfer ids of our side, in the order of their start: ours are 0, 1, 2, … */
    private final List<Long> sent = new ArrayList<>();

    private final Map<Long, List<Octets>> coming = new LinkedHashMap<>();
    private final List<Octets> arrived = new ArrayList<>();
    private final Set<Long> acked = new TreeSet<>();
    private final List<TcpclOutput> violations = new ArrayList<>();
    private boolean established;

    Meeting(String file, Transcript.Side ours) {
      this.name = file + " as " + ours;
      this.ours = ours;
      this.go = file.startsWith("dtn7-go");
      Transcript transcript = Transcript.read(Transcript.goldenDirectory().resolve(file));
      this.entries = transcript.entries();
      EnumSet<Leniency> leniencies =
          EnumSet.of(Leniency.FOREIGN_TRANSFER_LENGTH, Leniency.TRANSFER_MRU_IS_A_WISH);
      if (go) {
        leniencies.add(Leniency.LENGTH_IN_EVERY_SEGMENT);
      }
      this.own = parameters(leniencies);
      this.session = new TcpclSession(own);
    }

    private TcpclParameters parameters(Set<Leniency> leniencies) {
      TcpclLimits d = TcpclLimits.DEFAULT;
      TcpclLimits limits =
          new TcpclLimits(
              d.segmentMru(),
              d.transferMru(),
              d.nodeIdBytes(),
              d.extensionBytes(),
              d.openTransfers(),
              d.queuedTransfers(),
              d.unackedTransfers(),
              d.unackedBytes(),
              d.unwrittenBytes(),
              d.violations(),
              16);
      boolean active = ours == Transcript.Side.ACTIVE;
      return new TcpclParameters(
          active ? TcpclParameters.Role.ACTIVE : TcpclParameters.Role.PASSIVE,
          NodeId.dtn("ours"),
          Optional.empty(),
          30,
          TlsPolicy.NEVER,
          List.of(),
          leniencies,
          TcpclParameters.Pace.DEFAULT,
          30_000,
          30_000,
          0,
          limits);
    }

    void strict() {
      own = parameters(EnumSet.noneOf(Leniency.class));
      session = new TcpclSession(own);
      replay();
    }

    List<TcpclOutput> violations() {
      return violations;
    }

    void happens() {
      replay();

      assertThat(established).as(name).isTrue();
      assertThat(violations).as(name).isEmpty();
      assertThat(arrived).as(name).isEqualTo(List.copyOf(bundles(other()).values()));
      assertThat(acked).as(name).isEqualTo(bundles(ours).keySet());
    }

    private Transcript.Side other() {
      return ours == Transcript.Side.ACTIVE ? Transcript.Side.PASSIVE : Transcript.Side.ACTIVE;
    }

    private void replay() {
      on(new TcpclInput.Connected());
      for (Transcript.Entry entry : entries) {
        now += 100;
        if (entry.side() == ours) {
          weSay(entry);
        } else if (entry.name().equals(Transcript.CLOSE)) {
          on(new TcpclInput.ConnectionLost());
        } else {
          renumbered(entry).ifPresent(octets -> on(new TcpclInput.Received(octets)));
        }
      }
    }

    /** What ours does not do by itself. */
    private void weSay(Transcript.Entry entry) {
      Octets octets = entry.octets();
      switch (entry.name()) {
        case "XFER_SEGMENT" -> {
          if ((octets.unsigned(1) & 2) != 0 && bundles(ours).containsKey(id(octets))) {
            Octets bundle = bundles(ours).get(id(octets));
            sent.add(id(octets));
            on(new TcpclInput.Send(id(octets), bundle.size(), List.of(bundle)));
          }
        }
        case "XFER_REFUSE" ->
            on(new TcpclInput.Refused(new TransferId(id(octets)), XferRefuseReason.COMPLETED));
        case "SESS_TERM" -> {
          if ((octets.unsigned(1) & 1) == 0) {
            on(new TcpclInput.Terminate(SessTermReason.UNKNOWN, 30_000));
          }
        }
        default -> on(new TcpclInput.Tick());
      }
    }

    private static long id(Octets octets) {
      return octets.asByteBuffer().getLong(2);
    }

    /**
     * The peer speaks of transfers by the numbers of whoever had our place; empty if ours would not
     * have sent that one at all.
     */
    private Optional<Octets> renumbered(Transcript.Entry entry) {
      if (!entry.name().equals("XFER_ACK") && !entry.name().equals("XFER_REFUSE")) {
        return Optional.of(entry.octets());
      }
      int number = sent.indexOf(id(entry.octets()));
      byte[] bytes = entry.octets().toByteArray();
      ByteBuffer.wrap(bytes).putLong(2, number);
      return number < 0 ? Optional.empty() : Optional.of(Octets.wrap(bytes));
    }

    /** The bundles that a side sent whole, by transfer id, in the order in which they ended. */
    private Map<Long, Octets> bundles(Transcript.Side side) {
      Map<Long, List<Octets>> open = new TreeMap<>();
      Map<Long, Octets> whole = new LinkedHashMap<>();
      for (Transcript.Entry entry : entries) {
        if (entry.side() == side && entry.name().equals("XFER_SEGMENT")) {
          Octets octets = entry.octets();
          ByteBuffer in = octets.asByteBuffer();
          int flags = octets.unsigned(1);
          int at = (flags & 2) != 0 || go ? 14 + in.getInt(10) : 10;
          open.computeIfAbsent(id(octets), _ -> new ArrayList<>()).add(octets.from(at + 8));
          if ((flags & 1) != 0) {
            whole.put(id(octets), Octets.concat(open.get(id(octets))));
          }
        }
      }
      return whole;
    }

    private void on(TcpclInput input) {
      for (TcpclOutput output : session.on(now, input)) {
        take(output);
      }
    }

    private void take(TcpclOutput output) {
      switch (output) {
        case TcpclOutput.PeerKnown _ -> {
          on(new TcpclInput.Admit(own));
          on(new TcpclInput.Received(Octets.EMPTY));
        }
        case TcpclOutput.Established _ -> established = true;
        case TcpclOutput.TransferStarted(var id, var _) ->
            coming.put(id.number(), new ArrayList<>());
        case TcpclOutput.TransferData(var id, var octets) -> coming.get(id.number()).add(octets);
        case TcpclOutput.TransferEnded(var id, long _) -> {
          arrived.add(Octets.concat(coming.get(id.number())));
          on(new TcpclInput.Accepted(id));
        }
        case TcpclOutput.TransferAcked(long token, long _, boolean last) -> {
          if (last) {
            acked.add(token);
          }
        }
        case TcpclOutput.Violation _, TcpclOutput.Rejected _ -> violations.add(output);
        case TcpclOutput.Write(var _, int size) -> on(new TcpclInput.Written(size));
        case TcpclOutput.StartTls _,
            TcpclOutput.TransferAborted _,
            TcpclOutput.NeedData _,
            TcpclOutput.TransferSent _,
            TcpclOutput.TransferRefused _,
            TcpclOutput.TransferLost _,
            TcpclOutput.Terminated _,
            TcpclOutput.CloseConnection _ -> {}
      }
    }
  }
}
