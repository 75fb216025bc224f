package dev.holdfast.gateway.linkem;

import dev.holdfast.gateway.config.Position;
import dev.holdfast.gateway.config.Units;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a link trace: a text with one window a line, fields parted by spaces or commas.
 *
 * <pre>
 * # start_s  end_s  direction  rate       owlt   loss
 *   0        20     both       2Mbit/s    500ms  1%
 *   30       40.5   forward    -          -      0
 *   60       -      backward
 * </pre>
 *
 * <ul>
 *   <li>{@code start_s}, {@code end_s}: seconds since the epoch, with up to nine decimals, or an
 *       instant such as {@code 2026-11-21T12:00:00Z}; {@code -} as end means for ever.
 *   <li>{@code direction}: {@code forward}, {@code backward} or {@code both}.
 *   <li>{@code rate}, {@code owlt}, {@code loss}: {@code 2Mbit/s}, {@code 500ms}, {@code 1%} or
 *       {@code 0.01}; {@code -} or nothing takes the command's own.
 * </ul>
 *
 * <p>What follows a {@code #} is left out, and so are empty lines and a first line with the field
 * names. Windows of one direction may touch but not overlap. Pure; any thread.
 */
public final class TraceReader {
  /** More windows than any trace needs. */
  static final int MAX_WINDOWS = 100_000;

  private static final int MAX_PROBLEMS = 100;
  private static final Pattern FIELD = Pattern.compile("[^\\s,]+");
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?");

  private final LinkQuality otherwise;
  private final Instant epoch;
  private final List<TraceReading.Problem> problems = new ArrayList<>();
  private final List<Placed> forward = new ArrayList<>();
  private final List<Placed> backward = new ArrayList<>();

  private record Placed(LinkWindow window, Position at) {}

  private record Field(String text, Position at) {}

  private TraceReader(LinkQuality otherwise, Instant epoch) {
    this.otherwise = otherwise;
    this.epoch = epoch;
  }

  /**
   * Reads a trace.
   *
   * @param text the trace
   * @param otherwise what holds where a line does not say
   * @param epoch what instants are counted from
   */
  public static TraceReading read(String text, LinkQuality otherwise, Instant epoch) {
    TraceReader reader = new TraceReader(otherwise, epoch);
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      reader.line(line, number);
    }
    return reader.result();
  }

  /**
   * A probability as the command and the trace write it: {@code 1%} or {@code 0.01}.
   *
   * @throws IllegalArgumentException if it is none; the message says how to write one
   */
  public static double loss(String text) {
    boolean percent = text.endsWith("%");
    String number = percent ? text.substring(0, text.length() - 1) : text;
    if (!number.matches("\\d{1,3}(\\.\\d{1,9})?")) {
      throw new IllegalArgumentException("'" + text + "' is no loss; write 1% or 0.01, below 100%");
    }
    double loss = Double.parseDouble(number) / (percent ? 100 : 1);
    if (loss >= 1) {
      throw new IllegalArgumentException("a loss of " + text + " lets nothing through; below 100%");
    }
    return loss;
  }

  /**
   * A light time as the command and the trace write it.
   *
   * @throws IllegalArgumentException if it is none; the message says how to write one
   */
  public static long owltNanos(String text) {
    Duration owlt = Units.duration(text);
    if (owlt.compareTo(Duration.ofNanos(LinkQuality.MAX_OWLT_NANOS)) > 0) {
      throw new IllegalArgumentException("a light time of " + text + " is over 7d");
    }
    return owlt.toNanos();
  }

  private void line(String line, int number) {
    int comment = line.indexOf('#');
    List<Field> fields = fields(comment < 0 ? line : line.substring(0, comment), number);
    if (fields.isEmpty() || (number == 1 && fields.getFirst().text.equals("start_s"))) {
      return;
    }
    if (fields.size() < 3 || fields.size() > 6) {
      refuse(
          fields.getLast().at,
          "a line has 3 to 6 fields: start_s end_s direction rate owlt loss; this one has "
              + fields.size());
      return;
    }
    Field current = fields.getFirst();
    try {
      long start = time(current.text);
      current = fields.get(1);
      long end = current.text.equals("-") ? LinkWindow.NEVER : time(current.text);
      if (end <= start) {
        throw new IllegalArgumentException("the window ends before it starts");
      }
      long rate = otherwise.bytesPerSecond();
      long owlt = otherwise.owltNanos();
      double loss = otherwise.loss();
      for (int i = 3; i < fields.size(); i++) {
        current = fields.get(i);
        boolean given = !current.text.equals("-");
        rate = given && i == 3 ? Units.bytesPerSecond(current.text) : rate;
        owlt = given && i == 4 ? owltNanos(current.text) : owlt;
        loss = given && i == 5 ? loss(current.text) : loss;
      }
      LinkWindow window = new LinkWindow(start, end, new LinkQuality(rate, owlt, loss));
      current = fields.get(2);
      add(current.text, new Placed(window, fields.getFirst().at));
    } catch (IllegalArgumentException e) {
      refuse(current.at, String.valueOf(e.getMessage()));
    }
  }

  private void add(String direction, Placed placed) {
    boolean both = direction.equals("both");
    if (!both && !direction.equals("forward") && !direction.equals("backward")) {
      throw new IllegalArgumentException(
          "'" + direction + "' is no direction; write forward, backward or both");
    }
    if (both || direction.equals("forward")) {
      forward.add(placed);
    }
    if (both || direction.equals("backward")) {
      backward.add(placed);
    }
  }

  private long time(String text) {
    Matcher seconds = SECONDS.matcher(text);
    if (seconds.matches()) {
      String fraction = seconds.group(2) == null ? "" : seconds.group(2);
      String nanos = (fraction + "000000000").substring(0, 9);
      return Long.parseLong(seconds.group(1)) * 1_000_000_000L + Long.parseLong(nanos);
    }
    try {
      return Duration.between(epoch, Instant.parse(text)).toNanos();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time; write seconds or an instant such as 2026-11-21T12:00:00Z", e);
    }
  }

  private TraceReading result() {
    Optional<LinkTimeline> there = timeline(forward);
    Optional<LinkTimeline> back = timeline(backward);
    if (forward.isEmpty() && backward.isEmpty() && problems.isEmpty()) {
      refuse(new Position(1, 1), "the trace has no window");
    }
    if (problems.isEmpty() && there.isPresent() && back.isPresent()) {
      return new TraceReading.Read(new LinkSchedule(there.get(), back.get()));
    }
    problems.sort(Comparator.comparing(TraceReading.Problem::at));
    return new TraceReading.Refused(problems);
  }

  private Optional<LinkTimeline> timeline(List<Placed> placed) {
    placed.sort(Comparator.comparingLong(p -> p.window.startNanos()));
    boolean usable = placed.size() <= MAX_WINDOWS;
    if (!usable) {
      refuse(new Position(1, 1), "more than " + MAX_WINDOWS + " windows in one direction");
    }
    for (int i = 1; usable && i < placed.size(); i++) {
      Placed before = placed.get(i - 1);
      Placed after = placed.get(i);
      if (after.window.startNanos() < before.window.endNanos()) {
        refuse(after.at, "this window overlaps the one of line " + before.at.line());
        usable = false;
      }
    }
    return usable
        ? Optional.of(new LinkTimeline(placed.stream().map(Placed::window).toList()))
        : Optional.empty();
  }

  private void refuse(Position at, String text) {
    TraceReading.Problem problem = new TraceReading.Problem(at, text);
    if (problems.size() < MAX_PROBLEMS && !problems.contains(problem)) {
      problems.add(problem);
    }
  }

  private static List<Field> fields(String line, int number) {
    List<Field> fields = new ArrayList<>();
    Matcher field = FIELD.matcher(line);
    while (field.find()) {
      fields.add(new Field(field.group(), new Position(number, field.start() + 1)));
    }
    return fields;
  }
}
