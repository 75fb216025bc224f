package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.Range;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One reading of an ION text: its lines change what is declared, and the end makes a plan of it.
 */
final class IonReader {
  private static final String OWN_SECTION = "ionadmin";
  private static final String CONTACT_FORM = "a contact START END FROM TO BYTES/S [CONFIDENCE]";
  private static final String RANGE_FORM = "a range START END FROM TO LIGHT_SECONDS";
  private static final String CHANGE_FORM = "c contact START FROM TO BYTES/S [CONFIDENCE]";

  private final ReadOptions options;
  private final Findings findings;
  private final IonFields fields;
  private final IonReference reference;
  private final ByPair<Declared> contacts = new ByPair<>();
  private final ByPair<DeclaredRange> ranges = new ByPair<>();
  private final IonRegions regions = new IonRegions();
  private String section = OWN_SECTION;
  private boolean full;

  private IonReader(PlanSource source, ReadOptions options) {
    this.options = options;
    this.findings = new Findings(source, options);
    this.fields = new IonFields(findings);
    this.reference = new IonReference(options.epoch(), findings);
  }

  static PlanReading read(PlanSource source, ReadOptions options) {
    IonReader reader = new IonReader(source, options);
    int number = 0;
    Iterator<String> lines = source.text().lines().iterator();
    while (lines.hasNext() && !reader.full) {
      reader.line(++number, lines.next());
    }
    return reader.finish();
  }

  /** Whether so many contacts or ranges may not have another one; reading stops then. */
  private boolean isFull(IonLine line, int size, String what) {
    int limit = options.limits().contacts();
    if (size >= limit && !full) {
      full = true;
      findings.problem(
          line.number(), 1, "more than %d %s".formatted(limit, what), "split the plan");
    }
    return full;
  }

  private void line(int number, String text) {
    if (findings.isTooLong(number, text, "write one command a line")) {
      return;
    }
    if (text.startsWith("##")) {
      mark(text);
    }
    IonLine line = IonLine.of(number, text);
    if (line.isEmpty() || !section.equals(OWN_SECTION)) {
      return;
    }
    Optional<IonCommand> command = IonCommand.of(line.word(0));
    if (command.isEmpty()) {
      findings.problem(
          number,
          line.column(0),
          "'" + IonFields.shortened(line.word(0)) + "' is no ION command",
          "expected a, c, d, @ or a comment after #");
      return;
    }
    switch (command.get()) {
      case ADD -> add(line);
      case CHANGE -> change(line);
      case DELETE -> delete(line);
      case REFERENCE -> reference.move(line);
      case REGION -> regions.select(line, fields);
      case OTHER -> {}
    }
  }

  /**
   * One rc file may hold what several programs read, between {@code ## begin} and {@code ## end}.
   */
  private void mark(String text) {
    String[] words = text.substring(2).strip().split("\\s+", -1);
    if (words.length >= 2 && words[0].equals("begin")) {
      section = words[1];
    } else if (words[0].equals("end")) {
      section = OWN_SECTION;
    }
  }

  private void add(IonLine line) {
    switch (line.word(1)) {
      case "contact" -> addContact(line);
      case "range" -> addRange(line);
      default -> wrongObject(line, "contact or range");
    }
  }

  private void wrongObject(IonLine line, String expected) {
    findings.problem(
        line.number(),
        line.column(1),
        line.size() < 2
            ? "the command stops after '" + line.word(0) + "'"
            : "'" + IonFields.shortened(line.word(1)) + "' is nothing that a contact plan has",
        "expected " + expected);
  }

  private void addContact(IonLine line) {
    if (!fields.hasWords(line, 7, 8, CONTACT_FORM)) {
      return;
    }
    if (line.word(2).equals("-1")) {
      fields.node(line, 4, "registered node").ifPresent(regions::add); // Nothing is sent.
      return;
    }
    if (line.word(3).equals("0")) {
      findings.warning(
          line.number(), line.column(0), "a hypothetical contact is not used", "it has no time");
      return;
    }
    OptionalLong start = reference.resolve(line, 2, "start time");
    OptionalLong end = reference.resolve(line, 3, "end time");
    Optional<NodeNumber> from = fields.node(line, 4, "sending node");
    Optional<NodeNumber> to = fields.node(line, 5, "receiving node");
    Optional<Long> rate = fields.rate(line, 6);
    Optional<Double> confidence = fields.confidence(line, 7);
    if (start.isEmpty()
        || end.isEmpty()
        || from.isEmpty()
        || to.isEmpty()
        || rate.isEmpty()
        || confidence.isEmpty()
        || from.equals(to) // A loopback contact: no route uses it.
        || !isWindow(line, start.getAsLong(), end.getAsLong())) {
      return;
    }
    if (rate.get() == 0 || confidence.get() == 0) {
      findings.warning(
          line.number(),
          line.column(rate.get() == 0 ? 6 : 7),
          rate.get() == 0 ? "a contact of rate 0 is not used" : "confidence 0: it is not used",
          "it carries nothing");
      return;
    }
    if (isFull(line, contacts.size(), "contacts")) {
      return;
    }
    regions.add(from.get());
    regions.add(to.get());
    contacts.add(
        from.get(),
        to.get(),
        start.getAsLong(),
        new Declared(
            from.get(),
            to.get(),
            start.getAsLong(),
            end.getAsLong(),
            rate.get(),
            0,
            confidence.get(),
            line.position(0)));
  }

  private void addRange(IonLine line) {
    if (!fields.hasWords(line, 7, 7, RANGE_FORM)) {
      return;
    }
    OptionalLong start = reference.resolve(line, 2, "start time");
    OptionalLong end = reference.resolve(line, 3, "end time");
    Optional<NodeNumber> from = fields.node(line, 4, "first node");
    Optional<NodeNumber> to = fields.node(line, 5, "second node");
    Optional<Long> owlt =
        IonNumber.millis(line.word(6)).filter(millis -> millis <= Contact.MAX_OWLT_MILLIS);
    if (owlt.isEmpty()) {
      fields.wrong(line, 6, "light time", "seconds, up to three decimals");
    }
    if (start.isPresent()
        && end.isPresent()
        && from.isPresent()
        && to.isPresent()
        && owlt.isPresent()
        && !from.equals(to)
        && isWindow(line, start.getAsLong(), end.getAsLong())
        && !isFull(line, ranges.size(), "ranges")) {
      Range range =
          new Range(
              from.get(),
              to.get(),
              new DtnTime(start.getAsLong()),
              new DtnTime(end.getAsLong()),
              owlt.get());
      ranges.add(
          from.get(), to.get(), start.getAsLong(), new DeclaredRange(range, line.position(0)));
    }
  }

  private void change(IonLine line) {
    if (!line.word(1).equals("contact")) {
      wrongObject(line, "contact");
      return;
    }
    if (!fields.hasWords(line, 6, 7, CHANGE_FORM)) {
      return;
    }
    OptionalLong start = reference.resolve(line, 2, "start time");
    Optional<NodeNumber> from = fields.node(line, 3, "sending node");
    Optional<NodeNumber> to = fields.node(line, 4, "receiving node");
    Optional<Long> rate = fields.rate(line, 5).filter(value -> value > 0);
    Optional<Double> confidence = fields.confidence(line, 6).filter(value -> value > 0);
    boolean keepsConfidence = line.size() <= 6;
    if (start.isPresent()
        && from.isPresent()
        && to.isPresent()
        && rate.isPresent()
        && confidence.isPresent()
        && !contacts.change(
            from.get(),
            to.get(),
            start.getAsLong(),
            old -> {
              double newConfidence = keepsConfidence ? old.confidence() : confidence.get();
              return old.withRate(rate.get(), newConfidence);
            })) {
      findings.problem(
          line.number(),
          line.column(0),
          "no contact %s>%s starts then".formatted(from.get(), to.get()),
          "a contact must be added before it is changed");
    }
  }

  private void delete(IonLine line) {
    ByPair<?> declared =
        switch (line.word(1)) {
          case "contact" -> contacts;
          case "range" -> ranges;
          default -> null;
        };
    if (declared == null) {
      wrongObject(line, "contact or range");
      return;
    }
    if (line.word(2).equals("-1")) {
      fields.node(line, 3, "registered node").ifPresent(regions::remove);
      return;
    }
    if (line.word(2).equals("0")) {
      return; // Hypothetical contacts were not kept.
    }
    if (!fields.hasWords(line, 5, 5, "d %s START|* FROM TO".formatted(line.word(1)))) {
      return;
    }
    boolean all = line.word(2).equals("*");
    OptionalLong start = all ? OptionalLong.of(0) : reference.resolve(line, 2, "start time");
    Optional<NodeNumber> from = fields.node(line, 3, "sending node");
    Optional<NodeNumber> to = fields.node(line, 4, "receiving node");
    if (start.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return;
    }
    boolean found =
        all
            ? declared.removeAll(from.get(), to.get())
            : declared.remove(from.get(), to.get(), start.getAsLong());
    if (!found) {
      findings.warning(
          line.number(),
          line.column(0),
          "there is no such %s %s>%s".formatted(line.word(1), from.get(), to.get()),
          "nothing was deleted");
    }
  }

  private boolean isWindow(IonLine line, long start, long end) {
    if (end > start) {
      return true;
    }
    findings.contradiction(
        options.tolerance(),
        line.position(3),
        "the %s ends %s"
            .formatted(line.word(1), end == start ? "when it starts" : "before it starts"),
        "give an end after the start",
        "it is left out");
    return false;
  }

  private PlanReading finish() {
    List<Declared> disjoint =
        Declarations.withoutOverlap(contacts.values(), options.tolerance(), findings);
    IonRanges lightTimes = new IonRanges(ranges.values(), options.tolerance(), findings);
    List<Contact> joined = new ArrayList<>(disjoint.size());
    for (Declared declared : disjoint) {
      lightTimes.join(declared, options.missingRange(), findings, joined);
    }
    return findings.hasProblems()
        ? findings.refused()
        : findings.parsed(
            Declarations.plan(joined, options.tolerance()).withFacts(regions.facts()),
            PlanFormat.ION,
            reference.isFloating());
  }
}
