package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Wireshark's bpv7 dissector as a decoder beside ours: ten thousand bundles take about a second.
 *
 * <p>The bundles go into a capture file as frames of a user-defined link type that is mapped to the
 * dissector, so that neither headers nor the 64 KiB of a datagram are in the way.
 */
public final class TsharkOracle {
  /** A larger frame is refused by Wireshark's reader. */
  public static final int MAX_BUNDLE = 262_144;

  private static final int USER0 = 147;
  private static final String DISSECT_USER0 =
      "uat:user_dlts:\"User 0 (DLT=147)\",\"bpv7\",\"0\",\"\",\"0\",\"\"";
  private static final String FIELDS = "\t";
  private static final String VALUES = "\u001f";

  private TsharkOracle() {}

  /** What the dissector makes of each bundle, in order. */
  public static List<Dissection> dissect(List<Octets> bundles) {
    Path tshark = Tool.TSHARK.require();
    try {
      Path capture = Files.createTempFile("bundles", ".pcap");
      Path output = Files.createTempFile("bundles", ".tsv");
      try {
        write(bundles, capture);
        List<String> command = new ArrayList<>(List.of(tshark.toString(), "-n", "-r"));
        command.addAll(List.of(capture.toString(), "-o", DISSECT_USER0));
        command.addAll(List.of("-o", "bpv7.bp_reassemble_payload:FALSE", "-T", "fields"));
        command.addAll(List.of("-E", "occurrence=a", "-E", "aggregator=" + VALUES));
        Dissection.FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
        Process process =
            new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
          throw new IllegalStateException("tshark ends with " + process.exitValue());
        }
        List<Dissection> read =
            Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                .map(line -> Dissection.of(values(line)))
                .toList();
        if (read.size() != bundles.size()) {
          throw new IllegalStateException(
              "tshark: " + read.size() + " frames for " + bundles.size() + " bundles");
        }
        return read;
      } finally {
        Files.delete(capture);
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<List<String>> values(String line) {
    List<List<String>> values = new ArrayList<>();
    for (String field : line.split(FIELDS, -1)) {
      values.add(field.isEmpty() ? List.of() : List.of(field.split(VALUES, -1)));
    }
    return values;
  }

  /** Classic pcap: a file header, then each frame with its own. */
  private static void write(List<Octets> bundles, Path capture) throws IOException {
    try (OutputStream out = Files.newOutputStream(capture)) {
      ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
      out.write(header.putInt(MAX_BUNDLE).putInt(USER0).array());
      int second = 0;
      for (Octets bundle : bundles) {
        if (bundle.size() > MAX_BUNDLE) {
          throw new IllegalArgumentException("a bundle of " + bundle.size() + " octets");
        }
        ByteBuffer frame = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(second++).putInt(0).putInt(bundle.size()).putInt(bundle.size());
        out.write(frame.array());
        out.write(bundle.toByteArray());
      }
    }
  }
}
