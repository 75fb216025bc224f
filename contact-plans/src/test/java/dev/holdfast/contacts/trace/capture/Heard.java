package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.TraceSource;
import dev.holdfast.contacts.trace.Traces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a capture says. */
final class Heard {
  private final LinkTrace trace;
  private final List<String> events;
  private final Map<Long, ByteArrayOutputStream> open = new TreeMap<>();
  private final List<String> bundles = new ArrayList<>();
  private final List<Octets> contents = new ArrayList<>();

  private Heard(byte[] file, CaptureOptions options) {
    trace =
        PcapCapture.read(new TraceSource("c", new ByteArrayInputStream(file)), options, this::part);
    events = Traces.lines(trace);
  }

  static Heard of(byte[] file, CaptureOptions options) {
    return new Heard(file, options);
  }

  static Heard of(List<Frame> frames) {
    return of(CaptureFile.PLAIN.of(frames), CaptureOptions.DEFAULT);
  }

  private void part(BundlePart part) {
    switch (part) {
      case BundlePart.Begun(long number, String from, String to, _, long nanos) -> {
        open.put(number, new ByteArrayOutputStream());
        bundles.add(number + " begun " + from + ">" + to + " " + nanos / 1_000_000);
      }
      case BundlePart.Data(long number, Octets octets) ->
          bytesOf(number).writeBytes(octets.toByteArray());
      case BundlePart.Whole(long number, long nanos, long bytes) -> {
        byte[] content = bytesOf(number).toByteArray();
        bundles.add(number + " whole " + nanos / 1_000_000 + " " + bytes);
        contents.add(Octets.wrap(content));
      }
      case BundlePart.Broken(long number, long nanos, String why) ->
          bundles.add(number + " broken " + nanos / 1_000_000 + " " + why);
    }
  }

  private ByteArrayOutputStream bytesOf(long number) {
    ByteArrayOutputStream bytes = open.get(number);
    if (bytes == null) {
      throw new AssertionError("bundle " + number + " has not begun");
    }
    return bytes;
  }

  LinkTrace trace() {
    return trace;
  }

  List<String> events() {
    return events;
  }

  /** What was told of bundles, times in milliseconds. */
  List<String> bundles() {
    return bundles;
  }

  /** Whole bundles, in the order of their ends. */
  List<Octets> contents() {
    return contents;
  }

  List<String> findings() {
    return trace.findings();
  }
}
