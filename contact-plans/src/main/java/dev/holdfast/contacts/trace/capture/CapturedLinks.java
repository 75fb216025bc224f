package dev.holdfast.contacts.trace.capture;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.trace.LinkChange;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The directed links of a capture: up while a connection carries them, and how fast, as a mean over
 * each bin of time in which something was sent.
 */
final class CapturedLinks {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** One link that is up. */
  private static final class Link {
    private final String from;
    private final String to;
    private int carriers;
    private final long upSince;
    private long bytes;
    private long toldRate;

    Link(String from, String to, long upSince) {
      this.from = from;
      this.to = to;
      this.upSince = upSince;
    }
  }

  private final TraceOrder order;
  private final long binNanos;
  private final TreeMap<String, Link> links = new TreeMap<>();
  private final List<Link> sending = new ArrayList<>();
  private long binStart;

  CapturedLinks(TraceOrder order, long binNanos) {
    this.order = order;
    this.binNanos = binNanos;
  }

  /** Since when rates are not known yet. */
  long binStart() {
    return binStart;
  }

  /** Time goes on; a bin that is over is told. */
  void advance(long nanos) {
    long bin = nanos / binNanos * binNanos;
    if (bin > binStart) {
      closeBin(binStart / binNanos * binNanos + binNanos);
      binStart = bin;
    }
  }

  /** Tells what is known of the bin that goes on, which begins again here. */
  void cutBin(long nanos) {
    closeBin(nanos);
    binStart = nanos;
  }

  private void closeBin(long end) {
    for (Link link : sending) {
      tellRate(link, end);
    }
    sending.clear();
  }

  private void tellRate(Link link, long end) {
    long start = Math.max(binStart, link.upSince);
    if (link.bytes > 0 && end > start) {
      double rate = (double) link.bytes * NANOS_PER_SECOND / (end - start);
      long told = Math.clamp(Math.round(rate), 1, Contact.MAX_BYTES_PER_SECOND);
      if (told != link.toldRate) {
        order.add(start, link.from, link.to, new LinkChange.Rate(told));
        link.toldRate = told;
      }
    }
    link.bytes = 0;
  }

  /** Another connection carries the link. */
  void up(String from, String to, OptionalLong owltNanos, long nanos) {
    Link link = links.computeIfAbsent(from + ">" + to, _ -> new Link(from, to, nanos));
    link.carriers++;
    if (link.carriers == 1) {
      order.add(nanos, from, to, new LinkChange.Up(OptionalLong.empty(), owltNanos));
    }
  }

  /** Something is sent over a link. */
  void sent(String from, String to, long bytes) {
    Link link = links.get(from + ">" + to);
    if (link != null && bytes > 0) {
      if (link.bytes == 0) {
        sending.add(link);
      }
      link.bytes += bytes;
    }
  }

  /** A connection carries the link no more; {@code broken} if it was not ended in order. */
  void down(String from, String to, boolean broken, long nanos) {
    Link link = links.get(from + ">" + to);
    if (link == null) {
      return;
    }
    if (link.carriers > 1) {
      link.carriers--;
      if (broken) {
        order.add(nanos, from, to, new LinkChange.Reset());
      }
      return;
    }
    tellRate(link, nanos);
    sending.remove(link);
    links.remove(from + ">" + to);
    order.add(nanos, from, to, new LinkChange.Down(!broken));
  }
}
