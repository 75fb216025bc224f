package dev.holdfast.contacts.trace.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.contacts.trace.TraceLimits;
import dev.holdfast.contacts.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Any bytes are read or refused with an offset. What is read is a trace that our own text can say,
 * and each bundle begins, goes on and ends once.
 */
class PcapCaptureFuzzTest {
  private static final CaptureOptions SMALL =
      new CaptureOptions(
          CaptureLayer.GUESS,
          OptionalInt.empty(),
          new TreeMap<>(),
          1_000_000_000L,
          new TraceLimits(4096, 1000, 200, 1000, 50, 10, 10),
          new CaptureLimits(70_000, 4, 4, 2_000, 3_000, 5_000, 5));

  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] bytes) {
    TreeSet<Long> open = new TreeSet<>();
    StringBuilder text = new StringBuilder();
    long events = 0;
    boolean refused = false;
    try {
      LinkTrace trace =
          PcapCapture.read(
              new TraceSource("fuzz", new ByteArrayInputStream(bytes)),
              SMALL,
              part -> follow(part, open));
      LinkTraceText.printHeader(trace.epoch(), text);
      while (trace.hasNext()) {
        TraceEvent event = trace.next();
        LinkTraceText.print(event, text);
        events++;
      }
      trace.findings();
    } catch (BadTraceException bad) {
      refused = true;
      String message = String.valueOf(bad.getMessage());
      if (message.indexOf('\n') >= 0 || !message.startsWith("fuzz: offset ")) {
        throw new IllegalStateException("no problem with an offset: " + message, bad);
      }
    }
    if (!refused && !open.isEmpty()) {
      throw new IllegalStateException("bundles without an end: " + open);
    }
    if (events > 0) {
      readAgain(text.toString(), events);
    }
  }

  private static void follow(BundlePart part, TreeSet<Long> open) {
    boolean right =
        switch (part) {
          case BundlePart.Begun begun -> open.add(begun.number());
          case BundlePart.Data data -> open.contains(data.number()) && !data.octets().isEmpty();
          case BundlePart.Whole whole -> open.remove(whole.number());
          case BundlePart.Broken broken -> open.remove(broken.number());
        };
    if (!right) {
      throw new IllegalStateException("out of place: " + part);
    }
  }

  private static void readAgain(String text, long events) {
    LinkTrace trace = LinkTraceText.read(TraceSource.ofText("printed", text), TraceLimits.DEFAULT);
    long again = 0;
    while (trace.hasNext()) {
      trace.next();
      again++;
    }
    if (again != events) {
      throw new IllegalStateException("what was printed reads otherwise: " + text);
    }
  }
}
