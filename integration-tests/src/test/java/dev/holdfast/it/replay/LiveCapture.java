package dev.holdfast.it.replay;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.TraceSource;
import dev.holdfast.contacts.trace.capture.BundlePart;
import dev.holdfast.contacts.trace.capture.CaptureOptions;
import dev.holdfast.contacts.trace.capture.PcapCapture;
import dev.holdfast.it.peer.PeerBundles;
import dev.holdfast.it.peer.PeerProcess;
import dev.holdfast.it.peer.Tool;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/** tshark, capturing TCP of one port on loopback into a file while a test runs. */
final class LiveCapture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String BUFFER_MIB = "64"; // So that nothing is missed on a busy machine.

  private final Path file;
  private final PeerProcess process;

  private LiveCapture(Path file, PeerProcess process) {
    this.file = file;
    this.process = process;
  }

  /**
   * Captures from now on; returns when it does.
   *
   * @throws TestAbortedException when tshark is not installed or may not capture, which leaves the
   *     calling test out
   * @throws AssertionError in these cases where {@code CI=true}
   */
  static LiveCapture start(Path directory, int port) {
    Path file = directory.resolve("live.pcapng");
    PeerProcess process =
        PeerProcess.start(
            "tshark",
            directory,
            List.of(
                Tool.TSHARK.require().toString(),
                "-q",
                "-n",
                "-i",
                "lo",
                "-B",
                BUFFER_MIB,
                "-f",
                "tcp port " + port,
                "-w",
                file.toString()));
    Awaitility.await("tshark captures or ends")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !process.isAlive() || process.logTail().contains("live.pcapng"));
    if (!process.isAlive()) {
      String notice = "tshark cannot capture on loopback here:\n" + process.logTail();
      process.close();
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(notice);
      }
      System.err.println("LEFT OUT: " + notice);
      throw new TestAbortedException(notice);
    }
    return new LiveCapture(file, process);
  }

  /** Ends it once bundles of all these payloads are whole in the file; gives the file. */
  Path finish(List<Octets> payloads) {
    Awaitility.await("all bundles in the capture")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> captured().containsAll(payloads));
    close();
    return file;
  }

  /** The payloads of the bundles that are whole in the file until now. */
  private Set<Octets> captured() throws IOException {
    Set<Octets> whole = new HashSet<>();
    Map<Long, List<Octets>> parts = new HashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      LinkTrace trace =
          PcapCapture.read(
              new TraceSource("live.pcapng", in),
              CaptureOptions.DEFAULT,
              part -> {
                List<Octets> of = parts.computeIfAbsent(part.number(), _ -> new ArrayList<>());
                if (part instanceof BundlePart.Data(_, Octets octets)) {
                  of.add(octets.compact());
                } else if (part instanceof BundlePart.Whole) {
                  whole.add(PeerBundles.payload(Octets.concat(of)));
                  parts.remove(part.number());
                }
              });
      while (trace.hasNext()) {
        var _ = trace.next();
      }
    } catch (BadTraceException e) {
      return whole; // tshark is within a packet, or there is nothing yet.
    }
    return whole;
  }

  @Override
  public void close() {
    process.close();
  }
}
