package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import java.util.OptionalLong;

/** What {@code +n} counts from while an ION file is read, and whether that has a name. */
final class IonReference {
  private final Epoch epoch;
  private final Findings findings;
  private long millis;
  private boolean known;
  private boolean named;
  private boolean toldUnknown;
  private boolean toldMixed;
  private boolean usedUnnamed;
  private boolean usedNamed;

  IonReference(Epoch epoch, Findings findings) {
    this.epoch = epoch;
    this.findings = findings;
    switch (epoch) {
      case Epoch.None _ -> {}
      case Epoch.Floating _ -> known = true;
      case Epoch.At(long dtnMillis) -> {
        millis = dtnMillis;
        known = true;
        named = true;
      }
    }
  }

  /** Whether some time counts from an unnamed zero. */
  boolean isFloating() {
    return usedUnnamed;
  }

  /** The DTN time that a word of the line says; empty after a problem was reported. */
  OptionalLong resolve(IonLine line, int index, String name) {
    return switch (TimeText.token(line.word(index))) {
      case TimeText.Token.Absolute(long dtnMillis) -> {
        use(line.position(index), true);
        yield OptionalLong.of(dtnMillis);
      }
      case TimeText.Token.Relative(long after) -> relative(line.position(index), name, after);
      case TimeText.Token.Wrong(String why) -> {
        String word = line.word(index);
        findings.problem(
            line.number(),
            line.column(index),
            word.isEmpty()
                ? "the " + name + " is missing"
                : "the %s '%s' is no time: %s".formatted(name, IonFields.shortened(word), why),
            TimeText.FORMS);
        yield OptionalLong.empty();
      }
    };
  }

  private OptionalLong relative(Position at, String name, long after) {
    if (!known) {
      if (!toldUnknown) {
        toldUnknown = true;
        findings.problem(
            at.line(),
            at.column(),
            "the " + name + " is relative and nothing says to what",
            "give an epoch, or begin the file with @ yyyy/mm/dd-hh:mm:ss");
      }
      return OptionalLong.of(after);
    }
    use(at, named);
    long time = millis + after;
    if (time < 0 || time > Contact.LATEST_END.millis()) {
      findings.problem(
          at.line(),
          at.column(),
          "the " + name + " is not within the years 2000 to 2249",
          "look at the epoch and at the @ lines above");
      return OptionalLong.empty();
    }
    return OptionalLong.of(time);
  }

  private void use(Position at, boolean absolute) {
    usedNamed |= absolute;
    usedUnnamed |= !absolute;
    boolean mixed = usedNamed && usedUnnamed && epoch instanceof Epoch.Floating;
    if (mixed && !toldMixed) {
      toldMixed = true;
      findings.problem(
          at.line(),
          at.column(),
          "the file has absolute times, and relative ones that count from nothing named",
          "give an epoch, or begin the file with @ yyyy/mm/dd-hh:mm:ss");
    }
  }

  /** The {@code @} command: from now on relative times count from the one that it names. */
  void move(IonLine line) {
    boolean absolute = TimeText.token(line.word(1)) instanceof TimeText.Token.Absolute;
    OptionalLong time = resolve(line, 1, "reference time");
    if (time.isPresent()) {
      millis = time.getAsLong();
      known |= absolute;
      named |= absolute;
    }
  }
}
