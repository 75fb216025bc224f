package dev.holdfast.gateway.linkem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.PlanTrace;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.contacts.trace.TraceLimits;
import dev.holdfast.contacts.trace.TraceSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TraceWindowsTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final LinkQuality OTHERWISE = new LinkQuality(1_000, 2 * SECOND, 0.5);

  private static LinkTrace trace(String lines) {
    return LinkTraceText.read(
        TraceSource.ofText("t", "#linktrace 1\n" + lines), TraceLimits.DEFAULT);
  }

  private static LinkSchedule read(String lines) {
    return TraceWindows.between(trace(lines), "1", "2", 0, OTHERWISE);
  }

  private static LinkWindow window(double start, double end, long rate, double owlt, double loss) {
    return new LinkWindow(
        (long) (start * SECOND),
        (long) (end * SECOND),
        new LinkQuality(rate, (long) (owlt * SECOND), loss));
  }

  @Test
  void eachChangeBeginsAnotherWindow() {
    LinkSchedule schedule =
        read(
            """
            0 1>2 up
            1 1>2 rate 500
            2 1>2 delay 0.25
            2 1>2 loss 0
            3 1>2 down
            3.5 2>1 up rate=7
            4 1>2 rate 600
            5 1>2 up owlt=0.75
            6 1>2 down inflight=lost
            7 1>3 up
            """);

    assertThat(schedule.forward().windows())
        .containsExactly(
            window(0, 1, 1_000, 2, 0.5),
            window(1, 2, 500, 2, 0.5),
            window(2, 3, 500, 0.25, 0),
            new LinkWindow(5 * SECOND, 6 * SECOND, new LinkQuality(600, 750 * MILLI, 0), false));
    assertThat(schedule.backward().windows())
        .containsExactly(
            new LinkWindow(7 * SECOND / 2, LinkWindow.NEVER, new LinkQuality(7, 2 * SECOND, 0.5)));
    assertThat(schedule.resets()).isEmpty();
  }

  @Test
  void whatClosesAtTheInstantOfAnotherChangeMayLoseWhatIsInFlightToo() {
    LinkSchedule schedule = read("0 1>2 up\n6 1>2 rate 9\n6 1>2 down inflight=lost\n");

    assertThat(schedule.forward().windows())
        .containsExactly(new LinkWindow(0, 6 * SECOND, OTHERWISE, false));
  }

  @Test
  void aLinkThatLosesEverythingIsClosed() {
    LinkSchedule schedule = read("0 1>2 up\n1 1>2 loss 1\n2 1>2 loss 0.5\n3 1>2 down\n");

    assertThat(schedule.forward().windows())
        .containsExactly(window(0, 1, 1_000, 2, 0.5), window(2, 3, 1_000, 2, 0.5));
    assertThat(schedule.backward().windows()).isEmpty();
  }

  @Test
  void resetsOfBothDirectionsAreResetsOfTheConnections() {
    LinkSchedule schedule = read("0 1>2 up\n0 2>1 up\n3 2>1 reset\n4 1>2 reset\n4 2>1 reset\n");

    assertThat(schedule.resets()).containsExactly(3 * SECOND, 4 * SECOND);
    assertThat(schedule.nextReset(0)).isEqualTo(3 * SECOND);
    assertThat(schedule.nextReset(3 * SECOND)).isEqualTo(4 * SECOND);
    assertThat(schedule.nextReset(4 * SECOND)).isEqualTo(LinkWindow.NEVER);
    assertThat(schedule.forward().windows()).hasSize(1);
  }

  @Test
  void theBytesOfAnOpportunityLeaveInTheMillisecondBehindItAndNoneInBetween() {
    LinkSchedule schedule =
        read(
            """
            0 1>2 up owlt=0
            1 1>2 opportunity 1500
            1 1>2 opportunity 500
            1.0005 1>2 opportunity 1500
            2 1>2 down
            """);

    assertThat(schedule.forward().windows())
        .containsExactly(
            window(0, 1, 0, 0, 0.5),
            window(1, 1.0005, 4_000_000, 0, 0.5),
            window(1.0005, 1.0015, 1_500_000, 0, 0.5),
            window(1.0015, 2, 0, 0, 0.5));
    assertThat(schedule.forward().nextEdge(0)).as("open all the while").isEqualTo(2 * SECOND);
  }

  @Test
  void aPlanIsATraceWhoseNodesHaveNumbers() {
    DtnTime epoch = new DtnTime(1_000_000);
    NodeNumber one = NodeNumber.of(1L << 32 | 7);
    NodeNumber two = NodeNumber.of(2);
    ContactPlan plan =
        ContactPlan.of(
            1,
            List.of(
                Contact.of(one, two, epoch.plus(5_000), epoch.plus(9_000), 700, 1_500),
                Contact.of(two, one, epoch.plus(-5_000), epoch.plus(9_000), 800, 0)));

    for (String name : List.of("1.7", one.decimal())) {
      LinkSchedule schedule =
          TraceWindows.between(PlanTrace.of(plan, Optional.of(epoch)), name, "2", 0, OTHERWISE);
      assertThat(schedule.forward().windows()).containsExactly(window(5, 9, 700, 1.5, 0.5));
      assertThat(schedule.backward().windows()).containsExactly(window(0, 9, 800, 0, 0.5));
    }
  }

  @Test
  void aTraceMayStartAtAnotherTimeThanTheRelayAndLieBeyondALifetime() {
    LinkTrace trace = trace("10 1>2 up\n20 1>2 down\n");
    assertThat(TraceWindows.between(trace, "1", "2", -15 * SECOND, OTHERWISE).forward().windows())
        .containsExactly(window(-5, 5, 1_000, 2, 0.5));

    LinkTrace far = trace("10 1>2 up\n20 1>2 down\n");
    assertThat(TraceWindows.between(far, "1", "2", Long.MAX_VALUE, OTHERWISE).forward().windows())
        .isEmpty();
  }

  @Test
  void aLinkThatIsNotInTheTraceIsToldWithThoseThatAre() {
    assertThatThrownBy(() -> read("0 4>3 up\n1 3>4 up\n2 1>3 up\n"))
        .hasMessage("nothing is said of a link between 1 and 2; it has 1>3, 3>4, 4>3");
    StringBuilder many = new StringBuilder();
    LongStream.range(10, 30).forEach(n -> many.append("0 9>").append(n).append(" up\n"));
    assertThatThrownBy(() -> read(many.toString())).hasMessageEndingWith("9>17, others");
    assertThatThrownBy(() -> read("")).hasMessageEndingWith("it has no links");
  }

  @Test
  void moreThanIsHeldIsRefused() {
    LinkTrace trace =
        LinkTrace.of(
            Optional.empty(),
            LongStream.rangeClosed(0, WindowsOfLink.MOST_CHANGES)
                .mapToObj(at -> new TraceEvent(at, "1", "2", new LinkChange.Rate(1)))
                .iterator());

    assertThatThrownBy(() -> TraceWindows.between(trace, "1", "2", 0, OTHERWISE))
        .hasMessageContaining("more than 250000 changes of the link 1>2")
        .hasMessageEndingWith("cut the trace");
  }
}
