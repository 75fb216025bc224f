package dev.holdfast.gateway.cli;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which seeds are run, one after the other.
 *
 * @param first the first
 * @param last the last
 */
record Seeds(long first, long last) {
  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");

  /** The seeds that options ask for. */
  static Seeds of(
      OptionalLong one, Optional<String> range, OptionalLong from, long otherwise, boolean timed) {
    if (one.isPresent() && (range.isPresent() || from.isPresent())) {
      throw CommandException.unusable("--seed is for one seed; leave out --seeds and --from-seed");
    }
    if (range.isPresent()) {
      Seeds all = parse(range.get());
      long first = from.orElse(all.first());
      if (first < all.first() || first > all.last()) {
        throw CommandException.unusable(
            "--from-seed: " + first + " is not among --seeds " + range.get());
      }
      return new Seeds(first, all.last());
    }
    if (from.isPresent()) {
      if (!timed) {
        throw CommandException.unusable("--from-seed has no end; give --seeds A..B or --max-time");
      }
      return new Seeds(from.getAsLong(), Long.MAX_VALUE);
    }
    long seed = one.orElse(otherwise);
    return new Seeds(seed, seed);
  }

  private static Seeds parse(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw CommandException.unusable("--seeds: '" + text + "' is no range; write 1..200");
    }
    Seeds seeds = new Seeds(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    if (seeds.first() > seeds.last()) {
      throw CommandException.unusable("--seeds: '" + text + "' ends before it begins");
    }
    return seeds;
  }

  /** Whether it is one only. */
  boolean isOne() {
    return first == last;
  }

  /** Whether the last is known. */
  boolean isEndless() {
    return last == Long.MAX_VALUE;
  }

  @Override
  public String toString() {
    return isOne() ? "seed " + first : "seeds " + first + ".." + (isEndless() ? "" : last);
  }
}
