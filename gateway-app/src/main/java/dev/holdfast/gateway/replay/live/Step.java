package dev.holdfast.gateway.replay.live;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.gateway.replay.CapturedGateway;
import dev.holdfast.gateway.replay.CapturedGateway.Passage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Something that a neighbour did then, and does again. */
sealed interface Step {
  /** When, since the start of the capture. */
  long nanos();

  /**
   * A session begins.
   *
   * @param nanos when
   */
  record Begin(long nanos) implements Step {}

  /**
   * A bundle is sent.
   *
   * @param nanos when
   * @param bundle the bundle
   */
  record Send(long nanos, Bundle bundle) implements Step {}

  /**
   * A session ends.
   *
   * @param nanos when
   */
  record End(long nanos) implements Step {}

  /**
   * What that neighbour did then, in order. Bytes that were no bundle are left out.
   *
   * @param bothWays whether sessions carry bundles both ways
   */
  static ArrayDeque<Step> script(CapturedGateway capture, String neighbour, boolean bothWays) {
    List<Step> steps = new ArrayList<>();
    for (Passage passage : capture.passages()) {
      if (passage.toGateway()
          && passage.neighbour().equals(neighbour)
          && passage.read() instanceof Decoded.Valid<Bundle>(Bundle bundle)) {
        steps.add(new Send(passage.nanos(), bundle));
      }
    }
    sessions(capture, neighbour, bothWays, steps);
    // Of one instant, what had crossed whole when its session ended was sent before.
    steps.sort(Comparator.comparingLong(Step::nanos));
    return new ArrayDeque<>(steps);
  }

  /** A session is there while a direction is up. */
  private static void sessions(
      CapturedGateway capture, String neighbour, boolean bothWays, List<Step> steps) {
    int up = 0;
    for (TraceEvent event : capture.events()) {
      boolean its = capture.neighbour(event).equals(neighbour);
      if (!its || !(bothWays || event.from().equals(neighbour))) {
        continue;
      }
      switch (event.change()) {
        case LinkChange.Up _ -> {
          if (up++ == 0) {
            steps.add(new Begin(event.nanos()));
          }
        }
        case LinkChange.Down _ -> {
          if (--up == 0) {
            steps.add(new End(event.nanos()));
          }
        }
        // A reset ends one of several sessions, and here they are one; the rest is in the times.
        case LinkChange.Reset _,
            LinkChange.Delay _,
            LinkChange.Rate _,
            LinkChange.Loss _,
            LinkChange.Opportunity _,
            LinkChange.Transfer _ -> {}
      }
    }
  }
}
