package dev.holdfast.gateway.scenario;

import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.gateway.config.Values;
import dev.holdfast.gateway.sim.Channel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What all parts of a scenario are read within: its length, its network, and where it stands. */
final class Frame {
  /** Light takes this long to ten times as far as Voyager: more is a slip. */
  private static final long LONGEST_DELAY = 30 * Times.DAY;

  private final Path base;
  private final long durationNanos;
  private final Network network = new Network();
  private final List<Located<Path>> files = new ArrayList<>();

  Frame(Path base, long durationNanos) {
    this.base = base;
    this.durationNanos = durationNanos;
  }

  Network network() {
    return network;
  }

  long durationNanos() {
    return durationNanos;
  }

  /** The files that were named so far. */
  List<Located<Path>> files() {
    return List.copyOf(files);
  }

  /** A time at which something begins. */
  long moment(String text) {
    return inside(text, Times.nanos(text), durationNanos - 1);
  }

  /** A time at which something ends. */
  long end(String text) {
    return inside(text, Times.nanos(text), durationNanos);
  }

  private long inside(String text, long nanos, long last) {
    if (nanos > last) {
      throw new IllegalArgumentException(
          "'" + text + "' is outside the scenario, which ends at " + Times.text(durationNanos));
    }
    return nanos;
  }

  /** How long something lasts. */
  static long length(String text) {
    return Times.between(1, Times.LONGEST).apply(text);
  }

  /** A file that must be there. */
  Path file(Section section, String key) {
    Located<Path> file = section.required(key, base, text -> Values.path(base, text));
    return noted(file).value();
  }

  /** Notes that a file was named, and where. */
  Located<Path> noted(Located<Path> file) {
    files.add(file);
    return file;
  }

  /** A path in the scenario. */
  Path path(String text) {
    return Values.path(base, text);
  }

  /** What a direction of a link is like, where it says so. */
  static Channel channel(Section section, Channel otherwise) {
    return new Channel(
        section.value("delay", otherwise.lightNanos(), Times.between(0, LONGEST_DELAY)),
        section.value("rate", otherwise.bytesPerSecond(), Amounts::rate),
        section.value("loss", otherwise.loss(), Amounts::share));
  }
}
