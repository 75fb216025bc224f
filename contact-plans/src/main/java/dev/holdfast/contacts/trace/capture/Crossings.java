package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.contacts.trace.TraceFindings;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What was understood of a capture, told as events of links and as bundles. */
final class Crossings {
  /** The number of no bundle. */
  static final long NONE = 0;

  /** A bundle under way; {@code nanos} is when it began. */
  private record Open(String from, String to, long nanos, long bytes) {
    Open plus(int more) {
      return new Open(from, to, nanos, bytes + more);
    }
  }

  private final TraceOrder order = new TraceOrder();
  private final CapturedLinks links;
  private final Consumer<BundlePart> bundles;
  private final TraceFindings findings;
  private final long bundleBytes;
  private final int openTransfers;
  private final int held;

  /** Bundles under way, in the order in which they began, and those of them that hold back time. */
  private final LinkedHashMap<Long, Open> open = new LinkedHashMap<>();

  private final LinkedHashMap<Long, Long> holding = new LinkedHashMap<>();

  private long count;
  private long nanos;
  private boolean ended;
  private boolean anyUp;
  private String firstTold = "";

  Crossings(CaptureOptions options, Consumer<BundlePart> bundles, TraceFindings findings) {
    this.links = new CapturedLinks(order, options.binNanos());
    this.bundles = bundles;
    this.findings = findings;
    this.bundleBytes = options.limits().bundleBytes();
    this.openTransfers = options.limits().openTransfers();
    this.held = options.traceLimits().held();
  }

  TraceFindings findings() {
    return findings;
  }

  /** What is told from now on happens at that time, not before what was told. */
  void at(long now) {
    nanos = now;
    links.advance(now);
    if (order.size() > held) {
      // So much waits for bundles under way, or within one bin, that it is told without them.
      holding.forEach((_, _) -> findings.count("bundles took too long to be told as xfer"));
      holding.clear();
      links.cutBin(now);
    }
  }

  /** Something to know about a connection. */
  void tell(String what) {
    firstTold = firstTold.isEmpty() ? what : firstTold;
    findings.add(what);
  }

  /** What was told first; empty if nothing was. */
  String firstTold() {
    return firstTold;
  }

  /** Whether some link was up. */
  boolean hasLinks() {
    return anyUp;
  }

  /** Nothing more will be told. */
  void end() {
    links.cutBin(nanos);
    ended = true;
  }

  /** The next event that is sure. */
  Optional<TraceEvent> poll() {
    long known = ended ? Long.MAX_VALUE : links.binStart();
    if (!ended && !holding.isEmpty()) {
      known = Math.min(known, holding.firstEntry().getValue());
    }
    return order.poll(known);
  }

  void up(String from, String to, OptionalLong owltNanos) {
    links.up(from, to, owltNanos, nanos);
    anyUp = true;
  }

  void sent(String from, String to, long bytes) {
    links.sent(from, to, bytes);
  }

  void down(String from, String to, boolean broken) {
    links.down(from, to, broken, nanos);
  }

  /** A bundle begins; gives its number, {@link #NONE} if it is not followed. */
  long begin(String from, String to, CaptureLayer layer) {
    if (open.size() >= openTransfers) {
      findings.count("bundles were under way while too many others were: left out");
      return NONE;
    }
    count++;
    open.put(count, new Open(from, to, nanos, 0));
    holding.put(count, nanos);
    bundles.accept(new BundlePart.Begun(count, from, to, layer, nanos));
    return count;
  }

  /** The next bytes of a bundle, if it is followed. */
  void data(long number, Octets octets) {
    Open bundle = open.get(number);
    if (bundle == null) {
      return;
    }
    if (bundle.bytes() + octets.size() > bundleBytes) {
      broken(number, "it is longer than " + bundleBytes + " bytes");
      return;
    }
    open.put(number, bundle.plus(octets.size()));
    bundles.accept(new BundlePart.Data(number, octets));
  }

  /** A bundle is whole. */
  void whole(long number) {
    Open bundle = open.remove(number);
    if (bundle == null) {
      return;
    }
    if (holding.remove(number) != null) {
      order.add(
          bundle.nanos(),
          bundle.from(),
          bundle.to(),
          new LinkChange.Transfer(Long.toString(number), bundle.bytes(), nanos));
    }
    bundles.accept(new BundlePart.Whole(number, nanos, bundle.bytes()));
  }

  /** The rest of a bundle is not seen. */
  void broken(long number, String why) {
    if (open.remove(number) != null) {
      holding.remove(number);
      findings.count("bundles did not cross whole: " + why);
      bundles.accept(new BundlePart.Broken(number, nanos, why));
    }
  }
}
