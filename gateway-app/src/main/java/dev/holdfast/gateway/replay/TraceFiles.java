package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.format.Tolerance;
import dev.holdfast.contacts.trace.ContactCsv;
import dev.holdfast.contacts.trace.LinkDefaults;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.Mahimahi;
import dev.holdfast.contacts.trace.OneEvents;
import dev.holdfast.contacts.trace.PlanTrace;
import dev.holdfast.contacts.trace.TraceFormat;
import dev.holdfast.contacts.trace.TraceLimits;
import dev.holdfast.contacts.trace.TraceSource;
import dev.holdfast.contacts.trace.capture.CaptureOptions;
import dev.holdfast.contacts.trace.capture.PcapCapture;
import dev.holdfast.gateway.replay.Scenario.TraceFile;
import dev.holdfast.gateway.sim.Channel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Opens the trace files of a scenario, each in its format. */
final class TraceFiles {
  private static final int SNIFFED = 4_096;

  /** The formats, by the names that scenarios use. */
  enum Format {
    /** Our own. */
    LINKTRACE,
    /** Connectivity events of the ONE. */
    ONE,
    /** Packet opportunities. */
    MAHIMAHI,
    /** Contacts as values. */
    CSV,
    /** A contact plan: ION or HDTN. */
    PLAN,
    /** A capture, pcap or pcapng: when its links were up, at the rates of what crossed them. */
    CAPTURE
  }

  private TraceFiles() {}

  /** A trace and what must be closed after it. */
  record Opened(LinkTrace trace, InputStream stream) implements AutoCloseable {
    @Override
    public void close() {
      try {
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Opened open(TraceFile file, DtnTime start, long endNanos) {
    InputStream stream = stream(file.file());
    TraceSource source = new TraceSource(file.file().toString(), stream);
    TraceLimits limits = TraceLimits.DEFAULT;
    LinkTrace trace =
        switch (format(file)) {
          case LINKTRACE -> LinkTraceText.read(source, limits);
          case ONE -> OneEvents.read(source, LinkDefaults.NONE, Tolerance.REPAIR, limits);
          case MAHIMAHI -> Mahimahi.read(source, mahimahi(file, endNanos), limits);
          case CSV -> ContactCsv.read(source, Optional.empty(), limits);
          case PLAN -> PlanTrace.of(PlanFiles.read(file.file(), start), Optional.of(start));
          case CAPTURE -> PcapCapture.read(source, CaptureOptions.DEFAULT, _ -> {});
        };
    return new Opened(trace, stream);
  }

  private static Mahimahi.Link mahimahi(TraceFile file, long endNanos) {
    String[] ends = file.link().orElse("").split(">", 2);
    if (ends.length < 2) {
      throw new BadInputException(
          List.of(file.file() + ": a list of opportunities needs 'link: a>b' in the scenario"));
    }
    Channel channel = file.channel();
    return new Mahimahi.Link(
        ends[0], ends[1], OptionalLong.of(channel.lightNanos()), OptionalLong.of(endNanos));
  }

  private static Format format(TraceFile file) {
    if (file.format().isPresent()) {
      return named(file, file.format().get());
    }
    String head = head(file.file());
    if (TraceFormat.detect(Octets.wrap(head.getBytes(StandardCharsets.ISO_8859_1)))
        .equals(Optional.of(TraceFormat.PCAP))) {
      return Format.CAPTURE;
    }
    if (head.startsWith("#linktrace")) {
      return Format.LINKTRACE;
    }
    if (head.contains(" CONN ") || head.contains("\tCONN\t")) {
      return Format.ONE;
    }
    if (head.strip().matches("(?s)\\d+(\\s+\\d+)*.*") && file.link().isPresent()) {
      return Format.MAHIMAHI;
    }
    return head.lines().findFirst().orElse("").contains(",") ? Format.CSV : Format.PLAN;
  }

  private static Format named(TraceFile file, String name) {
    for (Format format : Format.values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new BadInputException(
        List.of(
            file.file()
                + ": '"
                + name
                + "' is no format of traces; linktrace, one, mahimahi, csv, plan or capture"));
  }

  private static String head(Path file) {
    try (InputStream stream = stream(file)) {
      return new String(stream.readNBytes(SNIFFED), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new BadInputException(List.of(file + ": cannot be read: " + e.getMessage()));
    }
  }

  private static InputStream stream(Path file) {
    try {
      return new BufferedInputStream(Files.newInputStream(file));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new BadInputException(List.of(file + ": no such file; see 'traces' of the scenario"));
    } catch (IOException e) {
      throw new BadInputException(List.of(file + ": cannot be read: " + e.getMessage()));
    }
  }
}
