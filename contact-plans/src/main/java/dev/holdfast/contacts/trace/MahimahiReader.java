package dev.holdfast.contacts.trace;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** One reading of {@link Mahimahi}: the lines once, then, if it loops, what was kept of them. */
final class MahimahiReader {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long MAX_MILLIS = Decimals.MAX_NANOS / NANOS_PER_MILLI;

  /** Packets of one instant fit into the low bits of what is kept of it. */
  private static final int COUNT_BITS = 20;

  private static final long MAX_COUNT = (1L << COUNT_BITS) - 1;

  private enum Phase {
    BEFORE,
    LINES,
    LOOP,
    AFTER
  }

  private final TraceLines lines;
  private final TraceLimits limits;
  private final Mahimahi.Link link;
  private final TraceFindings findings;
  private final long until;

  private Phase phase = Phase.BEFORE;

  /** The instant whose lines are being counted, in milliseconds; -1 before the first line. */
  private long millis = -1;

  private long count;
  private boolean linesEnded;

  private long[] kept = new long[0];
  private int keptCount;
  private int loopAt;
  private long loopStart;

  /** When the trace ends, as far as it was told. */
  private long last;

  MahimahiReader(TraceSource source, Mahimahi.Link link, TraceLimits limits) {
    this.lines = new TraceLines(source, limits);
    this.limits = limits;
    this.link = link;
    this.findings = new TraceFindings(limits);
    this.until = link.loopUntilNanos().orElse(Long.MAX_VALUE);
  }

  LinkTrace trace() {
    return new LinkTrace(Optional.empty(), this::next, findings);
  }

  private Optional<TraceEvent> next() {
    return switch (phase) {
      case BEFORE -> {
        phase = Phase.LINES;
        yield event(0, new LinkChange.Up(OptionalLong.empty(), link.owltNanos()));
      }
      case LINES -> fromLines();
      case LOOP -> fromLoop();
      case AFTER -> Optional.empty();
    };
  }

  private Optional<TraceEvent> fromLines() {
    while (!linesEnded) {
      long before = millis;
      long packets = count;
      linesEnded = !readLine();
      if (before >= 0 && (linesEnded || millis > before)) {
        return opportunity(before * NANOS_PER_MILLI, packets);
      }
    }
    if (millis < 0) {
      throw lines.bad("the file has no opportunity", "expected whole milliseconds, one a line");
    }
    if (link.loopUntilNanos().isEmpty()) {
      return down(last);
    }
    if (millis == 0) {
      throw lines.bad("a loop lasts no time", "let the last line be above 0");
    }
    phase = Phase.LOOP;
    return fromLoop();
  }

  /** Reads a line into {@link #millis} and {@link #count}; false after the last. */
  private boolean readLine() {
    if (!lines.nextWithWords() || !lines.word()) {
      return false;
    }
    long time = Decimals.whole(lines.buffer(), lines.wordStart(), lines.wordEnd());
    if (time < 0 || time > MAX_MILLIS || lines.word()) {
      throw lines.bad(
          "the line has " + lines.quoted(), "expected a whole number of milliseconds and no more");
    }
    if (time < millis) {
      throw lines.bad("time runs backwards: " + time + " after " + millis, "sort the lines");
    }
    count = time == millis ? count + 1 : 1;
    millis = time;
    return true;
  }

  private Optional<TraceEvent> opportunity(long nanos, long packets) {
    if (nanos > until) {
      return down(until);
    }
    if (link.loopUntilNanos().isPresent()) {
      keep(nanos / NANOS_PER_MILLI, packets);
    }
    last = nanos;
    return event(nanos, new LinkChange.Opportunity(packets * Mahimahi.PACKET_BYTES));
  }

  private void keep(long atMillis, long packets) {
    if (keptCount >= limits.looped() || packets > MAX_COUNT) {
      throw lines.bad(
          "more than "
              + (packets > MAX_COUNT ? MAX_COUNT + " packets at once" : limits.looped() + " times"),
          "a longer trace can be played once, without a loop");
    }
    if (keptCount == kept.length) {
      kept = Arrays.copyOf(kept, Math.max(64, 2 * keptCount));
    }
    kept[keptCount++] = atMillis << COUNT_BITS | packets;
  }

  private Optional<TraceEvent> fromLoop() {
    if (loopAt == 0) {
      loopStart += millis;
    }
    long entry = kept[loopAt];
    loopAt = (loopAt + 1) % keptCount;
    long nanos = (loopStart + (entry >>> COUNT_BITS)) * NANOS_PER_MILLI;
    return nanos > until
        ? down(until)
        : event(nanos, new LinkChange.Opportunity((entry & MAX_COUNT) * Mahimahi.PACKET_BYTES));
  }

  private Optional<TraceEvent> down(long nanos) {
    phase = Phase.AFTER;
    return event(nanos, new LinkChange.Down(true));
  }

  private Optional<TraceEvent> event(long nanos, LinkChange change) {
    return Optional.of(new TraceEvent(nanos, link.from(), link.to(), change));
  }
}
