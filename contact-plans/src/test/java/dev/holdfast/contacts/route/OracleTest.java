package dev.holdfast.contacts.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.ReferenceData;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.MissingRange;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.format.Tolerance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every query of the reference answers, all four keys and the sized arrival. Those answers were
 * checked against other routers and against exhaustive search; they are not ours.
 */
class OracleTest {
  @ParameterizedTest(name = "{1} on {0}")
  @CsvSource({
    "ion/mars-rover-678c.ionrc, exact-mars-rover.csv, 200",
    "canonical/ion_cgr_test_rw.csv, exact-mars-rover.csv, 200",
    "dtnsim/ringroad-walker.txt, exact-ringroad-walker.csv, 300",
    "dtnsim/ringroad-walker.txt, exact-ringroad-walker-asabr300.csv, 300",
    "canonical/ringroad_walker.csv, exact-ringroad-walker.csv, 300",
    "dtnsim/ringroad-atrack.txt, exact-ringroad-atrack.csv, 200",
    "dtnsim/delta.txt, exact-delta.csv, 200",
    "canonical/delta.csv, exact-delta.csv, 200",
  })
  void answersAsTheReferenceDoes(String plan, String answers, int expected) {
    ReadOptions options =
        ReadOptions.STRICT
            .withEpoch(Epoch.FLOATING)
            .withMissingRange(
                plan.startsWith("dtnsim") ? MissingRange.ZERO : MissingRange.UNUSABLE);
    ContactPlan read = read(plan, options);
    List<String> wrong = differences(read, answers, true);
    assertThat(wrong).isEmpty();
    assertThat(ReferenceData.text("oracle/" + answers).lines().count() - 1).isEqualTo(expected);
  }

  /** These plans contradict themselves. Repaired, windows are joined and so may end later. */
  @ParameterizedTest(name = "{1} on {0}")
  @CsvSource({
    "hdtn/10nodes.json, exact-hdtn10.csv",
    "hdtn/50nodes.json, exact-hdtn50.csv",
    "canonical/hdtn_50nodes.csv, exact-hdtn50.csv",
  })
  void answersAsTheReferenceDoesOnRepairedPlans(String plan, String answers) {
    ReadOptions options =
        ReadOptions.STRICT.withEpoch(Epoch.FLOATING).withTolerance(Tolerance.REPAIR);
    assertThat(differences(read(plan, options), answers, false)).isEmpty();
  }

  /** With each window as the file has it, the answers are the same to the last key. */
  @ParameterizedTest(name = "{1} on {0}")
  @CsvSource({
    "hdtn/10nodes.json, exact-hdtn10.csv, 150",
    "hdtn/50nodes.json, exact-hdtn50.csv, 150",
    "canonical/hdtn_10nodes.csv, exact-hdtn10.csv, 150",
    "canonical/hdtn_50nodes.csv, exact-hdtn50.csv, 150",
  })
  void answersAsTheReferenceDoesWhereContactsOverlap(String plan, String answers, int expected) {
    ReadOptions options =
        ReadOptions.STRICT
            .withEpoch(Epoch.FLOATING)
            .withTolerance(Tolerance.REPAIR_KEEPING_OVERLAPS);
    assertThat(differences(read(plan, options), answers, true)).isEmpty();
    assertThat(ReferenceData.text("oracle/" + answers).lines().count() - 1).isEqualTo(expected);
  }

  private static ContactPlan read(String name, ReadOptions options) {
    PlanReading reading = PlanReader.read(new PlanSource(name, ReferenceData.text(name)), options);
    return switch (reading) {
      case PlanReading.Parsed parsed -> parsed.plan();
      case PlanReading.Refused refused ->
          throw new AssertionError(refused.problems().getFirst().toString());
    };
  }

  private static List<String> differences(ContactPlan plan, String answers, boolean exactEnds) {
    EarliestArrival search = new EarliestArrival(plan);
    List<String> wrong = new ArrayList<>();
    for (String line : ReferenceData.text("oracle/" + answers).lines().skip(1).toList()) {
      String[] f = line.split(",", -1);
      NodeNumber from = NodeNumber.of(Long.parseLong(f[0]));
      NodeNumber to = NodeNumber.of(Long.parseLong(f[1]));
      DtnTime at = time(f[2]);
      Optional<Route> best = search.route(RouteQuery.of(from, to, at, 0));
      Optional<Route> sized = search.route(RouteQuery.of(from, to, at, Long.parseLong(f[7])));
      boolean right;
      if (f[3].equals("inf")) {
        right = best.isEmpty() && sized.isEmpty();
      } else {
        right =
            best.isPresent()
                && best.get().arrival().equals(time(f[3]))
                && best.get().hops().size() == Integer.parseInt(f[4])
                && (exactEnds
                    ? best.get().termination().equals(time(f[5]))
                        && best.get().entryNode().equals(NodeNumber.of(Long.parseLong(f[6])))
                    : best.get().termination().compareTo(time(f[5])) >= 0)
                && (f[8].equals("inf")
                    ? sized.isEmpty()
                    : sized.isPresent() && sized.get().arrival().equals(time(f[8])));
      }
      if (!right) {
        wrong.add(line + " but got " + best + " and " + sized.map(Route::arrival));
      }
    }
    return wrong;
  }

  private static DtnTime time(String seconds) {
    return new DtnTime(new BigDecimal(seconds).movePointRight(3).longValueExact());
  }
}
