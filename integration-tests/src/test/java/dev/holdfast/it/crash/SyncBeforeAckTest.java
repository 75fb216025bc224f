package dev.holdfast.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.it.crash.SystemCallTrace.Call;
import dev.holdfast.it.peer.Loopback;
import dev.holdfast.it.peer.TcpclFraming;
import dev.holdfast.it.peer.Tool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway under {@code strace}: between reading a bundle's last byte and writing its final
 * XFER_ACK, its bytes are written to the store's log and that log is synced.
 */
class SyncBeforeAckTest {
  private static final int SMALL = 120;
  private static final int LARGE = 4;
  private static final int LARGE_BYTES = 400_000;
  private static final int SEGMENT_BYTES = 1_000;
  private static final int XFER_SEGMENT = 1;
  private static final int XFER_ACK = 2;
  private static final int END = 1;
  private static final long PATIENCE_MILLIS = 60_000;

  @TempDir Path directory;

  /** A TCPCLv4 message of one direction of the session, and the calls that carried its ends. */
  private record Carried(Octets octets, Call first, Call last) {
    int type() {
      return octets.unsigned(0);
    }

    boolean ends() {
      return (octets.unsigned(1) & END) != 0;
    }

    long transfer() {
      return octets.asByteBuffer().getLong(2);
    }
  }

  @Test
  void aSyncOfTheLogPrecedesEveryFinalAck() throws Exception {
    Path file = directory.resolve("trace");
    List<String> strace =
        List.of(
            Tool.STRACE.require().toString(),
            "-f",
            "--seccomp-bpf",
            "-y",
            "-xx",
            "-s",
            "1000000",
            "-e",
            "trace=" + SystemCallTrace.CALLS,
            "-e",
            "signal=none",
            "-o",
            file.toString());
    receiveUnder(strace);
    SystemCallTrace trace = SystemCallTrace.read(file);
    int session = session(trace);
    Map<Long, Carried> ends = finals(messages(trace, session, Call::isRead), XFER_SEGMENT);
    Map<Long, Carried> acks = finals(messages(trace, session, Call::isWrite), XFER_ACK);
    assertThat(acks.keySet()).isEqualTo(ends.keySet()).hasSize(SMALL + LARGE);
    acks.forEach((transfer, ack) -> check(trace, transfer, ends.get(transfer), ack));
    // The same trace without its syncs does not pass.
    SystemCallTrace unsynced =
        new SystemCallTrace(trace.calls().stream().filter(c -> !c.isSync()).toList());
    assertThatThrownBy(() -> check(unsynced, 1, ends.get(1L), acks.get(1L)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("transfer 1: read on line");
    System.out.printf(
        "%d final acks, each after a sync of the log; %d syncs in all%n",
        acks.size(), trace.calls().stream().filter(Call::isSync).count());
  }

  private void receiveUnder(List<String> strace) throws Exception {
    List<Integer> ports = Loopback.freePorts(2);
    String listen =
        "listen: {tcpcl: {address: \"127.0.0.1:%d\", unknownPeers: accept}}%n"
            .formatted(ports.get(0));
    DtnTime now = new SystemClock(new SystemClock.Trust(1, 1_000, 60_000)).now().wall();
    try (GatewayChild gateway = new GatewayChild(directory, 2, ports.get(1), listen, strace)) {
      gateway.start();
      try (Neighbour neighbour = new Neighbour(ports.get(0), "ipn:1.0")) {
        int finals = 0;
        for (long i = 1; i <= SMALL + LARGE; i++) {
          boolean large = i > SMALL;
          Octets bundle = Cargo.bundle(now, i, large ? LARGE_BYTES : 200 + (int) i * 15);
          neighbour.send(i, bundle, large ? LARGE_BYTES : SEGMENT_BYTES);
          // Some alone, some many at a time, as they share a batch then.
          while (i % 10 < 5 && finals < i) {
            assertThat(neighbour.nextFinal(PATIENCE_MILLIS)).isPresent();
            finals++;
          }
        }
        for (; finals < SMALL + LARGE; finals++) {
          assertThat(neighbour.nextFinal(PATIENCE_MILLIS)).isPresent();
        }
      }
    }
  }

  /** The descriptor of the session: the one from which a contact header came, RFC 9174 §4.2. */
  private static int session(SystemCallTrace trace) {
    Octets magic = Octets.wrap(new byte[] {'d', 't', 'n', '!', 4});
    return trace.calls().stream()
        .filter(c -> c.isRead() && c.octets().size() >= 5 && c.octets().slice(0, 5).equals(magic))
        .findFirst()
        .orElseThrow()
        .descriptor();
  }

  private static List<Carried> messages(
      SystemCallTrace trace, int session, Predicate<Call> direction) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TreeMap<Integer, Call> from = new TreeMap<>();
    for (Call call : trace.calls()) {
      boolean socket = call.path().startsWith("socket:") || call.path().startsWith("TCP");
      if (call.descriptor() == session && socket && direction.test(call)) {
        from.put(bytes.size(), call);
        bytes.writeBytes(call.octets().toByteArray());
      }
    }
    Octets stream = Octets.wrap(bytes.toByteArray());
    List<Carried> messages = new ArrayList<>();
    int at = 0;
    while (at < stream.size()) {
      Octets rest = stream.slice(at, stream.size());
      OptionalInt size = TcpclFraming.STANDARD.size(rest);
      if (size.isEmpty() || size.getAsInt() > rest.size()) {
        break;
      }
      int end = at + size.getAsInt();
      Call first = from.floorEntry(at).getValue();
      messages.add(new Carried(stream.slice(at, end), first, from.floorEntry(end - 1).getValue()));
      at = end;
    }
    return messages;
  }

  private static Map<Long, Carried> finals(List<Carried> messages, int type) {
    Map<Long, Carried> finals = new TreeMap<>();
    for (Carried message : messages) {
      if (message.type() == type && message.ends()) {
        finals.put(message.transfer(), message);
      }
    }
    return finals;
  }

  private static void check(SystemCallTrace trace, long transfer, Carried end, Carried ack) {
    int read = end.last().left();
    int spoken = ack.first().entered();
    assertThat(spoken).as("transfer %d: acknowledged once read", transfer).isGreaterThan(read);
    Octets mark = Octets.wrap(ByteBuffer.allocate(8).putLong(Cargo.mark(transfer)).array());
    boolean large = transfer > SMALL;
    List<Call> written =
        trace.calls().stream()
            .filter(c -> c.isWrite() && c.path().endsWith(".log"))
            .filter(c -> c.entered() > read && c.left() < spoken)
            .filter(c -> large || contains(c.octets(), mark))
            .toList();
    assertThat(written).as("transfer %d: writes of it to the log", transfer).isNotEmpty();
    assertThat(written.stream().anyMatch(w -> synced(trace, w, spoken)))
        .as("transfer %d: read on line %d, acknowledged on line %d", transfer, read, spoken)
        .isTrue();
    if (large) {
      List<Call> pieces =
          trace.calls().stream()
              .filter(c -> c.isWrite() && !c.path().endsWith(".log") && c.left() < spoken)
              .filter(c -> c.path().startsWith("/") && contains(c.octets(), mark))
              .toList();
      assertThat(pieces).as("transfer %d: its payload's file", transfer).isNotEmpty();
      assertThat(pieces).allMatch(piece -> synced(trace, piece, spoken));
    }
  }

  private static boolean synced(SystemCallTrace trace, Call write, int before) {
    return trace.calls().stream()
        .anyMatch(
            c ->
                c.isSync()
                    && c.path().equals(write.path())
                    && c.entered() > write.left()
                    && c.left() < before);
  }

  private static boolean contains(Octets octets, Octets mark) {
    byte[] all = octets.toByteArray();
    byte[] part = mark.toByteArray();
    for (int i = 0; i + part.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
