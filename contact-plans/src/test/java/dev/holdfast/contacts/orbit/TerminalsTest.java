package dev.holdfast.contacts.orbit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.orbit.Session.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No node holds more links at once than it has terminals. */
final class TerminalsTest {
  private static PlannedNode node(int number, int terminals) {
    return new PlannedNode(
        NodeNumber.of(number), "n" + number, new Placement.Whole(Body.EARTH), terminals);
  }

  private static Session session(int from, int to, int start, int end) {
    return new Session(0, from, to, true, new Span(start, end), 0);
  }

  private static final List<PlannedNode> NODES =
      List.of(node(1, 1), node(2, 1), node(3, 1), node(4, PlannedNode.UNLIMITED));

  @Test
  void whoComesFirstIsServedAndTheNextGetsTheRest() {
    List<Session> granted =
        new Terminals(NODES, 30)
            .grant(List.of(session(0, 2, 50, 200), session(0, 1, 0, 100), session(0, 3, 60, 120)));

    assertThat(granted).containsExactly(session(0, 1, 0, 100), session(0, 2, 100, 200));
  }

  @Test
  void ofThoseThatBeginAtOnceTheLongerIsServed() {
    List<Session> granted =
        new Terminals(NODES, 30).grant(List.of(session(0, 1, 0, 100), session(0, 2, 0, 140)));

    assertThat(granted).containsExactly(session(0, 2, 0, 140));
  }

  @Test
  void withoutALimitAllAreServed() {
    List<Session> wanted = List.of(session(3, 0, 0, 100), session(3, 1, 0, 100));

    assertThat(new Terminals(NODES, 30).grant(wanted)).containsExactlyElementsOf(wanted);
  }

  @Test
  void farAwayHearingIsLaterThanSending() {
    Session toFar = new Session(0, 0, 1, false, new Span(0, 100), 1000);
    Session fromFar = new Session(0, 1, 0, false, new Span(0, 100), 1000);
    Session alsoToFar = new Session(0, 2, 1, false, new Span(50, 150), 1000);

    assertThat(new Terminals(NODES, 10).grant(List.of(toFar, fromFar, alsoToFar)))
        .containsExactly(toFar, fromFar, new Session(0, 2, 1, false, new Span(100, 150), 1000));
  }
}
