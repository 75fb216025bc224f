package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.trace.LinkDefaults;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.Mahimahi;
import dev.holdfast.contacts.yaml.Units;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command says of links that a trace says little of. */
final class TraceLinkOptions {
  @Option(
      names = "--link",
      paramLabel = "FROM>TO",
      description = "The link of a mahimahi trace, such as 2>3 (quote it for your shell).")
  private @Nullable String link;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Rate of every link (one), such as 2Mbit/s (default: not said).")
  private @Nullable String rate;

  @Option(
      names = "--owlt",
      paramLabel = "D",
      description =
          "One-way light time of every link (one, mahimahi), such as 500ms (default: not said).")
  private @Nullable String owlt;

  @Option(
      names = "--loop",
      paramLabel = "D",
      description = "Play a mahimahi trace over and over until then, such as 10m (default: once).")
  private @Nullable String loop;

  LinkDefaults defaults() {
    try {
      return new LinkDefaults(value("--rate", rate, Units::bytesPerSecond), owlt());
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--rate, --owlt: " + e.getMessage());
    }
  }

  Mahimahi.Link link() {
    if (link == null) {
      throw CommandException.unusable(
          "a mahimahi trace does not name its link; say --link 'FROM>TO'");
    }
    int middle = link.indexOf('>');
    String from = middle < 0 ? "" : link.substring(0, middle);
    String to = link.substring(middle + 1);
    if (!LinkTraceText.isName(from) || !LinkTraceText.isName(to) || from.equals(to)) {
      throw CommandException.unusable("--link: '" + link + "' is no link; write 'FROM>TO'");
    }
    try {
      return new Mahimahi.Link(
          from, to, owlt(), value("--loop", loop, text -> Units.duration(text).toNanos()));
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--loop: " + e.getMessage());
    }
  }

  private OptionalLong owlt() {
    return value("--owlt", owlt, text -> Units.duration(text).toNanos());
  }

  private static OptionalLong value(
      String option, @Nullable String text, ToLongFunction<String> read) {
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(read.applyAsLong(text));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw CommandException.unusable(option + ": " + e.getMessage());
    }
  }
}
