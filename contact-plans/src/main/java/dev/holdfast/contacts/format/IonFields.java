package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import java.util.Optional;

/** Reads the words of an ION command that are no times, and reports those that are wrong. */
final class IonFields {
  /** Enough for any double in plain digits. */
  private static final int MAX_DIGITS = 400;

  private final Findings findings;

  IonFields(Findings findings) {
    this.findings = findings;
  }

  Optional<NodeNumber> node(IonLine line, int index, String name) {
    Optional<NodeNumber> node = IonNumber.node(line.word(index)).filter(n -> n.value() != 0);
    if (node.isEmpty()) {
      wrong(line, index, name, "a node number above 0");
    }
    return node;
  }

  Optional<Long> rate(IonLine line, int index) {
    Optional<Long> rate = IonNumber.upTo(line.word(index), Contact.MAX_BYTES_PER_SECOND);
    if (rate.isEmpty()) {
      wrong(line, index, "rate", "whole bytes per second, up to 10^12");
    }
    return rate;
  }

  Optional<Double> confidence(IonLine line, int index) {
    String word = line.word(index);
    if (word.isEmpty()) {
      return Optional.of(1.0);
    }
    if (word.length() <= MAX_DIGITS && word.matches("[0-9]*\\.?[0-9]+|[0-9]+\\.")) {
      double value = Double.parseDouble(word);
      if (value <= 1) {
        return Optional.of(value);
      }
    }
    wrong(line, index, "confidence", "0 to 1 (other dialects put light time or loss here)");
    return Optional.empty();
  }

  void wrong(IonLine line, int index, String name, String expected) {
    String word = line.word(index);
    findings.problem(
        line.number(),
        line.column(index),
        "the %s is '%s'".formatted(name, shortened(word)),
        "expected " + expected);
  }

  /** Whether the line has as many words as its command takes. */
  boolean hasWords(IonLine line, int least, int most, String form) {
    if (line.size() < least) {
      findings.problem(
          line.number(),
          line.column(least),
          "the command stops after '%s'".formatted(shortened(line.word(line.size() - 1))),
          "expected " + form);
      return false;
    }
    if (line.size() <= most) {
      return true;
    }
    findings.problem(
        line.number(),
        line.column(most),
        "'" + shortened(line.word(most)) + "' is one word too many",
        "a comment starts with #");
    return false;
  }

  /** A word as a message quotes it. */
  static String shortened(String word) {
    return shortened(word, 40);
  }

  /** A text as a message quotes it, cut after so many characters and without line ends. */
  static String shortened(String text, int length) {
    String cut = text.length() <= length ? text : text.substring(0, length) + "…";
    return cut.codePoints().anyMatch(c -> c < 0x20 || c == 0x7f)
        ? cut.replaceAll("\\p{Cntrl}", "·")
        : cut;
  }
}
