package dev.holdfast.it.replay;

import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.TraceSource;
import dev.holdfast.contacts.trace.capture.BundlePart;
import dev.holdfast.contacts.trace.capture.CaptureOptions;
import dev.holdfast.contacts.trace.capture.PcapCapture;
import dev.holdfast.it.peer.PeerProcess;
import dev.holdfast.it.peer.Tool;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  /** Ends it once that many whole bundles are in the file; gives the file. */
  Path finish(int bundles) {
    Awaitility.await(bundles + " bundles in the capture")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> count() >= bundles);
    close();
    return file;
  }

  private int count() throws IOException {
    int[] whole = {0};
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      LinkTrace trace =
          PcapCapture.read(
              new TraceSource("live.pcapng", in),
              CaptureOptions.DEFAULT,
              part -> whole[0] += part instanceof BundlePart.Whole ? 1 : 0);
      while (trace.hasNext()) {
        var _ = trace.next();
      }
      return whole[0];
    } catch (BadTraceException e) {
      return whole[0]; // tshark is within a packet, or there is nothing yet.
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
