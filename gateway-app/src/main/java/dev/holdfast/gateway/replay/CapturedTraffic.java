package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.contacts.trace.TraceSource;
import dev.holdfast.contacts.trace.capture.BundlePart;
import dev.holdfast.contacts.trace.capture.CaptureLayer;
import dev.holdfast.contacts.trace.capture.CaptureOptions;
import dev.holdfast.contacts.trace.capture.PcapCapture;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All of a capture: when its links were up, and the bundles that crossed whole.
 *
 * @param epoch when its first packet was seen, if its clock was set
 * @param events what happened to its links, in order of time
 * @param crossings the bundles, in the order in which their last bytes were seen
 * @param findings what could not be read
 */
record CapturedTraffic(
    Optional<DtnTime> epoch,
    List<TraceEvent> events,
    List<Crossing> crossings,
    List<String> findings) {
  /** All of it is in memory while it is replayed, and what is got of it is too. */
  private static final long MOST_BYTES = Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 3);

  private static final int MOST_EVENTS = 1_000_000;
  private static final int BUFFER = 1 << 16;

  /**
   * A bundle that crossed a link.
   *
   * @param from the name of who sent it
   * @param to the name of who got it
   * @param layer by which it crossed
   * @param nanos when its last byte was seen, since the start of the capture
   * @param encoded its bytes
   */
  record Crossing(String from, String to, CaptureLayer layer, long nanos, Octets encoded) {}

  CapturedTraffic {
    events = List.copyOf(events);
    crossings = List.copyOf(crossings);
    findings = List.copyOf(findings);
  }

  /**
   * Reads a capture.
   *
   * @throws BadInputException if it cannot be read, or is too large to be replayed
   */
  static CapturedTraffic read(Path file, CaptureOptions options) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      return read(file, Reading.of(file, in, options));
    } catch (BadTraceException bad) {
      throw new BadInputException(List.of(String.valueOf(bad.getMessage())));
    } catch (NoSuchFileException e) {
      throw refused(file, "there is no such file; look at the path");
    } catch (UncheckedIOException | IOException e) {
      throw refused(file, "cannot be read: " + e.getMessage());
    }
  }

  private static CapturedTraffic read(Path file, Reading reading) {
    List<TraceEvent> events = new ArrayList<>();
    LinkTrace trace = reading.trace();
    while (trace.hasNext()) {
      TraceEvent event = trace.next();
      // Bundles come when they came, so the rates are in them; what was seen is no capacity.
      if (!(event.change() instanceof LinkChange.Rate
          || event.change() instanceof LinkChange.Transfer)) {
        events.add(event);
      }
      if (events.size() > MOST_EVENTS || reading.gathering().bytes > MOST_BYTES) {
        throw refused(
            file,
            "more than "
                + MOST_BYTES
                + " bytes of bundles or "
                + MOST_EVENTS
                + " changes of links; cut it with editcap, or give it more memory, such as"
                + " HOLDFAST_OPTS=-Xmx2g");
      }
    }
    return new CapturedTraffic(trace.epoch(), events, reading.gathering().whole, trace.findings());
  }

  private static BadInputException refused(Path file, String why) {
    return new BadInputException(List.of(file + ": " + why));
  }

  /** A trace, and where the bundles go that cross while it is followed. */
  private record Reading(LinkTrace trace, Gathering gathering) {
    static Reading of(Path file, InputStream in, CaptureOptions options) {
      Gathering gathering = new Gathering();
      LinkTrace trace =
          PcapCapture.read(new TraceSource(file.toString(), in), options, gathering::on);
      return new Reading(trace, gathering);
    }
  }

  /** Puts bundles together from their parts. */
  private static final class Gathering {
    private final Map<Long, Open> open = new HashMap<>();
    private final List<Crossing> whole = new ArrayList<>();
    private long bytes;

    private record Open(String from, String to, CaptureLayer layer, List<Octets> parts) {}

    void on(BundlePart part) {
      switch (part) {
        case BundlePart.Begun(long number, String from, String to, CaptureLayer layer, _) ->
            open.put(number, new Open(from, to, layer, new ArrayList<>()));
        case BundlePart.Data(long number, Octets octets) -> {
          bytes += octets.size();
          if (bytes <= MOST_BYTES && open.containsKey(number)) {
            open.get(number).parts.add(octets.compact());
          }
        }
        case BundlePart.Whole(long number, long nanos, _) -> {
          Open done = open.remove(number);
          if (done != null) {
            Octets encoded = Octets.concat(done.parts);
            whole.add(new Crossing(done.from, done.to, done.layer, nanos, encoded));
          }
        }
        case BundlePart.Broken broken -> {
          var _ = open.remove(broken.number());
        }
      }
    }
  }
}
