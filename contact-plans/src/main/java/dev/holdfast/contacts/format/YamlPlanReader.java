package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.yaml.Reading;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.YamlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One reading of a YAML plan. */
final class YamlPlanReader {
  private final ReadOptions options;
  private final Findings findings;
  private final List<Declared> contacts = new ArrayList<>();

  private YamlPlanReader(ReadOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  static PlanReading read(PlanSource source, ReadOptions options) {
    Findings findings = new Findings(source, options);
    YamlPlanReader reader = new YamlPlanReader(options, findings);
    Reading reading = new Reading(source.name());
    try {
      int most = Math.min(YamlText.MOST_CHARS, options.limits().sourceChars());
      return reader.plan(Section.root(reading, source.text(), most), reading);
    } catch (YamlException e) {
      for (YamlException.Problem problem : e.problems()) {
        String text = problem.text();
        int mend = text.indexOf("; ");
        findings.problem(
            problem.at().line(),
            problem.at().column(),
            mend < 0 ? text : text.substring(0, mend),
            mend < 0 ? "" : text.substring(mend + 2));
      }
      return findings.refused();
    }
  }

  private PlanReading plan(Section root, Reading reading) {
    Optional<Epoch> named =
        root.optional("epoch", new YamlClock(Epoch.NONE)::millis)
            .map(millis -> Epoch.at(new DtnTime(millis)));
    YamlClock clock = new YamlClock(named.orElse(options.epoch()));
    LightTimes.Tolerance tolerance =
        root.value("owlt-tolerance", LightTimes.Tolerance.DEFAULT, YamlValues::tolerance);
    YamlNodes nodes = new YamlNodes(root);
    YamlPasses passes = new YamlPasses(clock, options.limits().contacts());
    YamlRanges ranges = new YamlRanges(root, nodes, clock);
    for (Section block : root.sections("contacts")) {
      new YamlContact(nodes, clock, passes, ranges, tolerance).read(block, this::add);
      block.end();
      if (contacts.size() > options.limits().contacts()) {
        block.refuse(
            block.at(),
            "the plan has more than " + options.limits().contacts() + " contacts; split it");
        break;
      }
    }
    root.end();
    reading.end();
    List<Declared> disjoint = Declarations.withoutOverlap(contacts, options.tolerance(), findings);
    if (findings.hasProblems()) {
      return findings.refused();
    }
    List<Contact> plan = disjoint.stream().map(Declarations::contact).toList();
    return findings.parsed(
        Declarations.plan(plan, options.tolerance()).withFacts(nodes.facts()),
        PlanFormat.YAML,
        clock.isFloating());
  }

  /** Takes a contact; false if there are too many. */
  private boolean add(Declared declared) {
    if (declared.endMillis() > declared.startMillis()) {
      contacts.add(declared);
    } else {
      findings.contradiction(
          options.tolerance(),
          declared.position(),
          declared.endMillis() == declared.startMillis()
              ? "the contact ends when it starts"
              : "the contact ends before it starts",
          "give an end after the start",
          "it is left out");
    }
    return contacts.size() <= options.limits().contacts();
  }

  static Position position(dev.holdfast.contacts.yaml.Position at) {
    return new Position(at.line(), at.column());
  }

  /** The two ends of a block, which differ. */
  record Ends(NodeNumber from, NodeNumber to, boolean bothWays) {
    static Ends of(Section block, YamlNodes nodes) {
      NodeNumber from = block.required("from", NodeNumber.of(1), nodes::node).value();
      Located<NodeNumber> to = block.required("to", NodeNumber.of(2), nodes::node);
      if (from.equals(to.value())) {
        block.refuse(to.at(), "to: this is the node that sends; name another one");
      }
      return new Ends(from, to.value(), block.flag("both-ways", false));
    }
  }
}
