package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.route.Hop;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.gateway.schedule.RouteDecision;
import dev.holdfast.gateway.schedule.Router;
import dev.holdfast.gateway.schedule.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Which bundles go by several neighbours at once: critical ones by every neighbour that has a way
 * (CCSDS 734.3-B-1 §3.2.8.1.3), others by as many as it takes to be likely to arrive.
 */
final class Copies {
  /** Likely enough: no further copy. */
  private static final double ENOUGH = 0.8;

  /** A copy that adds less is not worth its volume. */
  private static final double WORTH_IT = 0.05;

  private static final int REMEMBERED = 65_536;

  private final Router router;

  /**
   * Critical bundles that were copied here, and which holding of them it was. One that comes back
   * goes on by one neighbour only, or copies would breed copies wherever the plan has a ring.
   */
  private final SequencedMap<BundleId, HeldKey> copied = new LinkedHashMap<>();

  Copies(Router router) {
    this.router = router;
  }

  /**
   * The copies of a bundle that are to be bound instead of itself; fewer than two if it goes alone.
   *
   * @param alone what was decided for the bundle itself
   */
  List<Waiting> of(Waiting bundle, RouteDecision alone, DtnTime now) {
    boolean planned = alone instanceof RouteDecision.During during && during.route().isPresent();
    boolean whole = bundle.original().isEmpty() && bundle.held().progress().sent() == 0;
    if (!planned || !whole) {
      return List.of();
    }
    if (bundle.held().service().critical()) {
      return mayCopy(bundle) ? remembered(bundle, router.copies(bundle, now)) : List.of();
    }
    Route route = ((RouteDecision.During) alone).route().orElseThrow();
    return beyond(route) < ENOUGH ? likely(router.copies(bundle, now)) : List.of();
  }

  /** The copies of a critical bundle for neighbours that have none of it yet. */
  List<Waiting> more(Waiting bundle, DtnTime now) {
    return router.copies(bundle, now).stream()
        .map(Router.Way::copy)
        .filter(copy -> !bundle.hasCopyBy(copy.link().orElseThrow()))
        .toList();
  }

  private boolean mayCopy(Waiting bundle) {
    HeldKey before = copied.get(bundle.held().id());
    return before == null || before.equals(bundle.held().key());
  }

  private List<Waiting> remembered(Waiting bundle, List<Router.Way> ways) {
    if (ways.size() > 1) {
      copied.put(bundle.held().id(), bundle.held().key());
      if (copied.size() > REMEMBERED) {
        copied.pollFirstEntry();
      }
    }
    return ways.stream().map(Router.Way::copy).toList();
  }

  private static List<Waiting> likely(List<Router.Way> ways) {
    List<Waiting> chosen = new ArrayList<>();
    double confidence = 0;
    for (Router.Way way : ways) {
      double with = 1 - (1 - confidence) * (1 - beyond(way.route()));
      if (confidence < ENOUGH && with - confidence >= WORTH_IT) {
        chosen.add(way.copy());
        confidence = with;
      }
    }
    return chosen;
  }

  /**
   * How likely it is that all contacts beyond the first happen. If the first does not, the bundle
   * is still here to take another way.
   */
  private static double beyond(Route route) {
    double confidence = 1;
    for (Hop hop : route.hops().subList(1, route.hops().size())) {
      confidence *= hop.contact().confidence();
    }
    return confidence;
  }
}
