package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.AsabrSteps.Step;
import dev.holdfast.contacts.format.AsabrSteps.Stretch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** One reading of an A-SABR plan, statement by statement. */
final class AsabrReader {
  private static final String FORM =
      "contact FROM TO START END [MARKER] RATE DELAY, or … seg rate […] delay […]";
  private static final int MOST_BUDGETS = 3;
  private static final long MOST_ID = 0xffff_ffffL;

  private final ReadOptions options;
  private final Findings findings;
  private final AsabrWords words;
  private final DecimalWords decimals;
  private final List<Declared> contacts = new ArrayList<>();
  private final TreeMap<NodeNumber, Word> names = new TreeMap<>();
  private final TreeSet<String> markers = new TreeSet<>();
  private final TreeMap<NodeNumber, Position> used = new TreeMap<>();
  private boolean toldBudgets;
  private boolean toldNodeMarkers;

  private AsabrReader(PlanSource source, ReadOptions options) {
    this.options = options;
    this.findings = new Findings(source, options);
    this.words = new AsabrWords(source.text());
    this.decimals = new DecimalWords("A-SABR", options.epoch(), findings);
  }

  static PlanReading read(PlanSource source, ReadOptions options) {
    AsabrReader reader = new AsabrReader(source, options);
    reader.statements();
    return reader.finish();
  }

  private void statements() {
    for (Word word = words.next(); !word.text().isEmpty(); word = words.next()) {
      if (contacts.size() > options.limits().contacts()) {
        findings.problem(
            word.position(),
            "more than " + options.limits().contacts() + " contacts",
            "split the plan");
        return;
      }
      switch (word.text()) {
        case "node" -> node();
        case "contact" -> contact(word);
        default -> {
          findings.problem(
              word.position(),
              "'" + word.shown() + "' begins neither a node nor a contact",
              "expected node ID NAME or " + FORM);
          words.skipStatement();
        }
      }
    }
  }

  private void node() {
    Word idWord = words.next();
    Optional<NodeNumber> id = id(idWord);
    Word name = words.nextName();
    if (name.text().isEmpty()) {
      decimals.wrong(name, "name of the node", "node ID NAME");
    } else if (id.isPresent() && names.putIfAbsent(id.get(), name) != null) {
      findings.problem(
          idWord.position(), "node " + id.get() + " stands here a second time", "leave one out");
    }
    if (!AsabrWords.isStart(words.peek()) && !toldNodeMarkers) {
      toldNodeMarkers = true;
      findings.warning(
          words.peek().position(), "how a node manages itself is not used", "only its name is");
    }
    words.skipStatement();
  }

  private Optional<NodeNumber> id(Word word) {
    Optional<NodeNumber> id =
        NodeNumber.parse(word.text()).filter(node -> node.value() >= 0 && node.value() <= MOST_ID);
    if (id.isEmpty()) {
      decimals.wrong(word, "node", "the number of a node, 0 and up");
    }
    return id;
  }

  private void contact(Word keyword) {
    Word fromWord = words.next();
    Optional<NodeNumber> from = id(fromWord);
    Optional<NodeNumber> to = from.flatMap(_ -> id(words.next()));
    Optional<Long> start =
        to.flatMap(_ -> decimals.time(words.next(), "start time", RoundingMode.CEILING));
    Word endWord = words.peek();
    Optional<Long> end =
        start.flatMap(_ -> decimals.time(words.next(), "end time", RoundingMode.FLOOR));
    if (from.isEmpty() || to.isEmpty() || start.isEmpty() || end.isEmpty()) {
      words.skipStatement();
      return;
    }
    used.putIfAbsent(from.get(), fromWord.position());
    used.putIfAbsent(to.get(), fromWord.position());
    Optional<List<Stretch>> body = body(keyword, start.get(), end.get());
    if (body.isPresent()
        && !from.equals(to)
        && decimals.isWindow(endWord, start.get(), end.get(), options.tolerance())) {
      for (Stretch stretch : body.get()) {
        contacts.add(
            new Declared(
                from.get(),
                to.get(),
                stretch.start(),
                stretch.end(),
                stretch.bytesPerSecond(),
                stretch.owltMillis(),
                1.0,
                keyword.position()));
      }
    }
    words.skipStatement();
  }

  private Optional<List<Stretch>> body(Word keyword, long start, long end) {
    Word first = words.peek();
    if (first.is("seg")) {
      words.next();
      return segmented(keyword, start, end);
    }
    if (first.text().matches("[A-Za-z_][A-Za-z0-9_]*") && !AsabrWords.isStart(first)) {
      words.next();
      markers.add(first.shown());
    }
    Optional<Long> rate = rate(words.peek());
    words.next();
    Optional<Long> delay = rate.flatMap(_ -> delay(words.next()));
    budgets();
    return delay.map(owlt -> List.of(new Stretch(start, end, rate.orElse(1L), owlt)));
  }

  private Optional<List<Stretch>> segmented(Word keyword, long start, long end) {
    Optional<List<Step>> rates = Optional.empty();
    Optional<List<Step>> delays = Optional.empty();
    for (int i = 0; i < 2; i++) {
      Word which = words.next();
      if (which.is("rate") && rates.isEmpty()) {
        rates = AsabrSteps.read(words, decimals, findings, this::rate);
      } else if (which.is("delay") && delays.isEmpty()) {
        delays = AsabrSteps.read(words, decimals, findings, this::delay);
      } else {
        decimals.wrong(which, "segmented contact", "seg rate […] delay […]");
      }
      if (rates.isEmpty() && delays.isEmpty()) {
        return Optional.empty(); // Told.
      }
    }
    if (rates.isEmpty() || delays.isEmpty()) {
      return Optional.empty();
    }
    List<Stretch> stretches = AsabrSteps.within(start, end, rates.get(), delays.get());
    long covered = stretches.stream().mapToLong(stretch -> stretch.end() - stretch.start()).sum();
    if (covered < end - start) {
      findings.warning(
          keyword.position(),
          "the contact has no rate or no delay for " + TimeText.span(end - start - covered),
          "it is not used then");
    }
    return Optional.of(stretches);
  }

  private Optional<Long> rate(Word word) {
    return decimals.rate(word, "rate", 1, "bytes per second");
  }

  private Optional<Long> delay(Word word) {
    return decimals.lightTime(word, "delay", BigDecimal.ONE);
  }

  private void budgets() {
    for (int i = 0; i < MOST_BUDGETS && DecimalWords.isNumber(words.peek().text()); i++) {
      Word budget = words.next();
      if (!toldBudgets) {
        toldBudgets = true;
        findings.warning(
            budget.position(),
            "contacts have volumes for each priority",
            "they are not used: a plan has one volume for a contact");
      }
    }
    Word more = words.peek();
    if (!AsabrWords.isStart(more)) {
      findings.problem(more.position(), "'" + more.shown() + "' is one word too many", FORM);
    }
  }

  private PlanReading finish() {
    decimals.tellRounded();
    if (!markers.isEmpty()) {
      findings.warning(
          1,
          1,
          "contacts say how their volume is managed (" + String.join(", ", markers) + ")",
          "it is booked as everywhere here");
    }
    tellStrangeNodes();
    List<Declared> disjoint = Declarations.withoutOverlap(contacts, options.tolerance(), findings);
    if (findings.hasProblems()) {
      return findings.refused();
    }
    Optional<Map<NodeNumber, NodeNumber>> eids = numbersInNames();
    List<Contact> plan =
        disjoint.stream()
            .map(declared -> eids.map(numbers -> renamed(declared, numbers)).orElse(declared))
            .map(Declarations::contact)
            .toList();
    TreeMap<NodeNumber, String> named = new TreeMap<>();
    if (eids.isEmpty()) {
      names.forEach(
          (node, name) -> {
            if (!name.is(NodeNames.eid(node))) {
              named.put(node, name.text());
            }
          });
    }
    return findings.parsed(
        Declarations.plan(plan, options.tolerance()).withFacts(NodeFacts.named(named)),
        PlanFormat.ASABR,
        options.epoch() instanceof Epoch.Floating);
  }

  private void tellStrangeNodes() {
    if (names.isEmpty()) {
      return;
    }
    used.forEach(
        (node, at) -> {
          if (!names.containsKey(node)) {
            findings.problem(at, "node " + node + " is not declared", "add node " + node + " NAME");
          }
        });
    if (names.lastKey().value() != names.size() - 1L) {
      findings.warning(
          names.lastEntry().getValue().position(),
          "the nodes are not numbered from 0 on without a gap",
          "A-SABR would refuse that");
    }
  }

  /** The number of each node, if all names are node endpoints such as {@code ipn:1.0}. */
  private Optional<Map<NodeNumber, NodeNumber>> numbersInNames() {
    Map<NodeNumber, NodeNumber> numbers = new TreeMap<>();
    TreeSet<NodeNumber> different = new TreeSet<>();
    for (Map.Entry<NodeNumber, Word> entry : names.entrySet()) {
      Optional<NodeNumber> number = NodeNames.ipn(entry.getValue().text());
      if (number.isEmpty() || !different.add(number.get())) {
        return Optional.empty();
      }
      numbers.put(entry.getKey(), number.get());
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(numbers);
  }

  private static Declared renamed(Declared declared, Map<NodeNumber, NodeNumber> numbers) {
    return declared.between(
        numbers.getOrDefault(declared.from(), declared.from()),
        numbers.getOrDefault(declared.to(), declared.to()));
  }
}
