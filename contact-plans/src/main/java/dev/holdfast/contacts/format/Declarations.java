package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The contacts that a file declares, brought to where those of one pair no longer overlap. */
final class Declarations {
  private static final Comparator<Declared> FILE_ORDER =
      Comparator.<Declared>comparingInt(declared -> declared.position().line())
          .thenComparingInt(declared -> declared.position().column());

  private static final Comparator<Declared> BY_START =
      Comparator.comparing(Declared::from)
          .thenComparing(Declared::to)
          .thenComparingLong(Declared::startMillis);

  private Declarations() {}

  /** What comes of a file that declares contacts and nothing else: a plan, or why there is none. */
  static PlanReading reading(
      List<Declared> contacts, PlanFormat format, ReadOptions options, Findings findings) {
    return reading(contacts, NodeFacts.NONE, format, options, findings);
  }

  /** The same of a file that says something about nodes as well. */
  static PlanReading reading(
      List<Declared> contacts,
      NodeFacts facts,
      PlanFormat format,
      ReadOptions options,
      Findings findings) {
    List<Declared> disjoint = withoutOverlap(contacts, options.tolerance(), findings);
    if (findings.hasProblems()) {
      return findings.refused();
    }
    List<Contact> plan = disjoint.stream().map(Declarations::contact).toList();
    return findings.parsed(
        plan(plan, options.tolerance()).withFacts(facts),
        format,
        options.epoch() instanceof Epoch.Floating);
  }

  /**
   * The plan of contacts that were brought to what is tolerated, and perhaps cut after that where
   * the light time of their pair changes: so cut, none that begins later ends sooner.
   */
  static ContactPlan plan(List<Contact> contacts, Tolerance tolerance) {
    return tolerance.keepsOverlaps()
        ? ContactPlan.ofOverlapping(0, contacts)
        : ContactPlan.of(0, contacts);
  }

  /** Sorts the contacts and reports, or repairs, those that overlap within a directed pair. */
  static List<Declared> withoutOverlap(
      List<Declared> contacts, Tolerance tolerance, Findings findings) {
    boolean keepsOverlaps = tolerance.keepsOverlaps();
    List<Declared> sorted = new ArrayList<>(contacts);
    sorted.sort(
        keepsOverlaps
            ? BY_START.thenComparingLong(Declared::endMillis).thenComparing(FILE_ORDER)
            : BY_START.thenComparing(FILE_ORDER));
    List<Declared> disjoint = new ArrayList<>(sorted.size());
    for (Declared next : sorted) {
      Declared last = disjoint.isEmpty() ? null : disjoint.getLast();
      if (last == null || !last.isSamePair(next) || next.startMillis() >= last.endMillis()) {
        disjoint.add(next);
        continue;
      }
      boolean longer = next.endMillis() > last.endMillis();
      boolean keeps = keepsOverlaps && next.endMillis() >= last.endMillis();
      report(last, next, repair(last, next, keeps), tolerance, findings);
      if (keeps) {
        disjoint.add(next);
      } else if (longer && last.isAlike(next)) {
        disjoint.set(disjoint.size() - 1, last.withWindow(last.startMillis(), next.endMillis()));
      } else if (longer) {
        disjoint.add(next.withWindow(last.endMillis(), next.endMillis()));
      }
    }
    return disjoint;
  }

  private static String repair(Declared earlier, Declared later, boolean keeps) {
    if (keeps) {
      return "both stay, each with a volume of its own";
    }
    if (later.endMillis() <= earlier.endMillis()) {
      return "the one that lies within the other is left out";
    }
    return earlier.isAlike(later)
        ? "both are joined"
        : "the later one starts where the earlier one ends";
  }

  private static void report(
      Declared earlier, Declared later, String repair, Tolerance tolerance, Findings findings) {
    boolean laterInFile = FILE_ORDER.compare(earlier, later) <= 0;
    Declared here = laterInFile ? later : earlier;
    Declared other = laterInFile ? earlier : later;
    String what =
        "contact %s>%s overlaps the one of line %d"
            .formatted(here.from(), here.to(), other.position().line());
    findings.contradiction(
        tolerance.repairs() || tolerance.keepsOverlaps(),
        here.position(),
        what,
        "let one end by the start of the other, or make them one",
        repair);
  }

  /** A contact of the plan; the declaration was checked when it was read. */
  static Contact contact(Declared declared) {
    return new Contact(
        declared.from(),
        declared.to(),
        new DtnTime(declared.startMillis()),
        new DtnTime(declared.endMillis()),
        declared.bytesPerSecond(),
        declared.owltMillis(),
        declared.confidence());
  }
}
