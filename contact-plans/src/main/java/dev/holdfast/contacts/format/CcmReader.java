package dev.holdfast.contacts.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** One reading of a CORE contact plan, line by line. */
final class CcmReader {
  private static final String FORM =
      "a contact +BEGIN +END NODE NODE BITS/S [LOSS%] [DELAY] [JITTER]";
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
  private static final int MOST_WORDS = 10;

  private final ReadOptions options;
  private final Findings findings;
  private final DecimalWords decimals;
  private final IonFields fields;
  private final NodeNames names = new NodeNames();
  private final List<TvgDeclared> contacts = new ArrayList<>();
  private boolean toldLoss;
  private boolean toldJitter;

  private CcmReader(PlanSource source, ReadOptions options) {
    this.options = options;
    this.findings = new Findings(source, options);
    this.decimals = new DecimalWords("CORE", options.epoch(), findings);
    this.fields = new IonFields(findings);
  }

  static PlanReading read(PlanSource source, ReadOptions options) {
    CcmReader reader = new CcmReader(source, options);
    int number = 0;
    Iterator<String> lines = source.text().lines().iterator();
    while (lines.hasNext()) {
      number++;
      if (reader.contacts.size() >= options.limits().contacts()) {
        reader.findings.problem(
            number, 1, "more than " + options.limits().contacts() + " contacts", "split the plan");
        break;
      }
      reader.line(number, lines.next());
    }
    return reader.finish();
  }

  private void line(int number, String text) {
    if (findings.isTooLong(number, text, "write one command a line")) {
      return;
    }
    IonLine line = IonLine.of(number, text);
    if (line.isEmpty()) {
      return;
    }
    switch (line.word(0) + " " + line.word(1)) {
      case "s loop" -> loop(line);
      case "a contact" -> contact(line);
      default ->
          findings.problem(
              line.position(0),
              "'%s' is no command of a CORE contact plan"
                  .formatted(IonFields.shortened((line.word(0) + " " + line.word(1)).strip())),
              "expected s loop 0|1 or " + FORM);
    }
  }

  private void loop(IonLine line) {
    if (line.word(2).equals("1")) {
      findings.warning(line.position(0), "the plan begins anew when it is over", "it is read once");
    } else if (!line.word(2).equals("0")) {
      findings.problem(
          line.position(2),
          "'" + IonFields.shortened(line.word(2)) + "' says not whether to loop",
          "expected s loop 0 or s loop 1");
    }
  }

  private void contact(IonLine line) {
    if (!fields.hasWords(line, 7, MOST_WORDS, FORM)) {
      return;
    }
    Optional<Long> start = decimals.time(word(line, 2), "begin", RoundingMode.CEILING);
    Optional<Long> end = decimals.time(word(line, 3), "end", RoundingMode.FLOOR);
    Optional<Long> rate = decimals.rate(word(line, 6), "bandwidth", 8, "bits per second");
    Optional<Long> delay =
        line.size() > 8 ? decimals.lightTime(word(line, 8), "delay", MICROS) : Optional.of(0L);
    boolean measured = number(line, 7, "loss") && number(line, 9, "jitter");
    if (start.isEmpty()
        || end.isEmpty()
        || rate.isEmpty()
        || delay.isEmpty()
        || !measured
        || line.word(4).equals(line.word(5))
        || !decimals.isWindow(word(line, 3), start.get(), end.get(), options.tolerance())) {
      return;
    }
    String one = line.word(4);
    String other = line.word(5);
    names.add(one, line.position(4));
    names.add(other, line.position(5));
    Declared contact =
        new Declared(
            TvgDeclared.NOBODY,
            TvgDeclared.NOBODY,
            start.get(),
            end.get(),
            rate.get(),
            delay.get(),
            1.0,
            line.position(0));
    contacts.add(new TvgDeclared(one, other, contact));
    contacts.add(new TvgDeclared(other, one, contact));
  }

  /** Whether a number that is not used is one, where it is given. */
  private boolean number(IonLine line, int index, String name) {
    if (line.size() <= index) {
      return true;
    }
    Optional<BigDecimal> value = DecimalWords.number(line.word(index));
    if (value.isEmpty()) {
      decimals.wrong(word(line, index), name, "a number");
      return false;
    }
    if (value.get().signum() != 0 && name.equals("loss") && !toldLoss) {
      toldLoss = true;
      findings.warning(
          line.position(index), "links lose packets", "a plan knows no loss; it is not used");
    }
    if (value.get().signum() != 0 && name.equals("jitter") && !toldJitter) {
      toldJitter = true;
      findings.warning(
          line.position(index), "delays vary", "a plan knows no jitter; it is not used");
    }
    return true;
  }

  private static Word word(IonLine line, int index) {
    return new Word(line.word(index), line.position(index));
  }

  private PlanReading finish() {
    decimals.tellRounded();
    names.number(findings);
    List<Declared> declared =
        contacts.stream()
            .map(one -> one.between(names.of(one.from()), names.of(one.to())))
            .toList();
    return Declarations.reading(declared, names.facts(), PlanFormat.CCM, options, findings);
  }
}
