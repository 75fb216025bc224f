package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One reading of µD3TN's configuration commands, which end with a semicolon each. */
final class Ud3tnReader {
  private static final String FORM =
      "1(EID)[,RELIABILITY]:[(CLA:ADDRESS)]:[[(EID),…]][:[{START,END,BYTES/S},…]];";
  private static final long TAKEN_FOR_UNLIMITED = 125_000_000L;
  private static final long LEAST_RELIABILITY = 100;
  private static final long MOST_SECONDS = Contact.LATEST_END.millis() / 1000;

  /** Thrown and caught within a command that cannot be read further. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken() {
      super("", null, false, false);
    }
  }

  private final ReadOptions options;
  private final Findings findings;
  private final MarkedText text;
  private final NodeNames names = new NodeNames();
  private final Map<String, List<Declared>> neighbours = new TreeMap<>();
  private int size;
  private boolean toldReachable;
  private boolean toldUnlimited;

  private Ud3tnReader(PlanSource source, ReadOptions options) {
    this.options = options;
    this.findings = new Findings(source, options);
    this.text = new MarkedText(source.text());
  }

  static PlanReading read(PlanSource source, ReadOptions options) {
    Ud3tnReader reader = new Ud3tnReader(source, options);
    if (options.sender().isEmpty()) {
      reader.findings.problem(
          1,
          1,
          "a plan of µD3TN is the view of one node, which it does not name",
          "say whose with --node, or use another format");
      return reader.findings.refused();
    }
    reader.commands();
    return reader.finish(options.sender().get());
  }

  private void commands() {
    while (!text.isAtEnd() && size <= options.limits().contacts()) {
      try {
        command();
      } catch (Broken told) {
        text.skipPast(';');
      }
    }
    if (size > options.limits().contacts()) {
      findings.problem(
          text.position(),
          "more than " + options.limits().contacts() + " contacts",
          "split the plan");
    }
  }

  private void command() throws Broken {
    Word kind = text.upTo("(");
    switch (kind.text()) {
      case "1", "2" -> {
        Word eid = inBrackets();
        names.add(eid.text(), eid.position());
        List<Declared> contacts = neighbour();
        if (kind.is("2")) {
          neighbours.remove(eid.text());
        }
        neighbours.computeIfAbsent(eid.text(), _ -> new ArrayList<>()).addAll(contacts);
      }
      case "3" -> {
        Word eid = inBrackets();
        expect(';');
        if (neighbours.remove(eid.text()) == null) {
          findings.warning(
              eid.position(), "there is no neighbour " + eid.shown(), "nothing was deleted");
        }
      }
      default -> throw broken(kind, "begins no command", "expected 1, 2 or 3 and (EID)");
    }
  }

  private List<Declared> neighbour() throws Broken {
    double confidence = 1;
    if (text.take(',')) {
      Word word = text.upTo(":;");
      long reliability = number(word, 1000);
      if (reliability < LEAST_RELIABILITY) {
        throw broken(word, "is no reliability", "expected 100 up to 1000");
      }
      confidence = reliability / 1000.0;
    }
    expect(':');
    if (text.peek() == '(') {
      inBrackets();
    }
    expect(':');
    if (text.take('[')) {
      reachable();
    }
    List<Declared> contacts = new ArrayList<>();
    if (text.take(':') && text.take('[')) {
      while (!text.take(']')) {
        contact(confidence).ifPresent(contacts::add);
        text.take(',');
      }
    }
    expect(';');
    return contacts;
  }

  private void reachable() throws Broken {
    while (!text.take(']')) {
      Word eid = inBrackets();
      if (!toldReachable) {
        toldReachable = true;
        findings.warning(
            eid.position(),
            "neighbours say who is reachable through them",
            "it is not used: routes are found in the plan");
      }
      text.take(',');
    }
  }

  private Optional<Declared> contact(double confidence) throws Broken {
    Position at = text.position();
    expect('{');
    long start = number(text.upTo(",;"), MOST_SECONDS) * 1000;
    expect(',');
    Word endWord = text.upTo(",;");
    long end = number(endWord, MOST_SECONDS) * 1000;
    expect(',');
    Word rateWord = text.upTo("};");
    long rate = number(rateWord, Contact.MAX_BYTES_PER_SECOND);
    expect('}');
    size++;
    if (rate == UNLIMITED && !toldUnlimited) {
      toldUnlimited = true;
      findings.warning(
          rateWord.position(), "contacts have no limit to their rate", "10^9 bits/s are taken");
    }
    if (rate == 0) {
      findings.warning(
          rateWord.position(), "a contact of rate 0 is not used", "it carries nothing");
      return Optional.empty();
    }
    if (end <= start) {
      findings.contradiction(
          options.tolerance(),
          endWord.position(),
          end == start ? "the contact ends when it starts" : "the contact ends before it starts",
          "give an end after the start",
          "it is left out");
      return Optional.empty();
    }
    return Optional.of(
        new Declared(
            TvgDeclared.NOBODY,
            TvgDeclared.NOBODY,
            start,
            end,
            rate == UNLIMITED ? TAKEN_FOR_UNLIMITED : rate,
            0,
            confidence,
            at));
  }

  private static final long UNLIMITED = Ud3tnText.UNLIMITED;

  private long number(Word word, long most) throws Broken {
    Optional<Long> number =
        word.text().matches("\\d{1,18}")
            ? Optional.of(Long.parseLong(word.text())).filter(value -> value <= most)
            : Optional.empty();
    return number.orElseThrow(() -> broken(word, "is no number here", "expected 0 up to " + most));
  }

  private Word inBrackets() throws Broken {
    expect('(');
    Word word = text.upTo(")");
    expect(')');
    return word;
  }

  private void expect(char mark) throws Broken {
    if (!text.take(mark)) {
      Word found = text.here();
      throw broken(found, "stands where '" + mark + "' belongs", "expected " + FORM);
    }
  }

  private Broken broken(Word word, String what, String mend) {
    findings.problem(
        word.position(),
        word.text().isEmpty() ? "the command stops" : "'" + word.shown() + "' " + what,
        mend);
    return new Broken();
  }

  private PlanReading finish(NodeNumber sender) {
    names.reserve(sender);
    names.number(findings);
    List<Declared> declared = new ArrayList<>();
    neighbours.forEach(
        (eid, contacts) -> {
          NodeNumber to = names.of(eid);
          if (!to.equals(sender)) {
            contacts.forEach(contact -> declared.add(contact.between(sender, to)));
          }
        });
    if (!declared.isEmpty()) {
      findings.warning(1, 1, "there are no light times in a plan of µD3TN", "they are taken for 0");
    }
    List<Declared> disjoint = Declarations.withoutOverlap(declared, options.tolerance(), findings);
    if (findings.hasProblems()) {
      return findings.refused();
    }
    List<Contact> plan = disjoint.stream().map(Declarations::contact).toList();
    return findings.parsed(
        Declarations.plan(plan, options.tolerance()).withFacts(names.facts()),
        PlanFormat.UD3TN,
        false);
  }
}
