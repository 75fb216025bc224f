package dev.holdfast.gateway.api;

import dev.holdfast.gateway.api.Exposition.Label;
import dev.holdfast.gateway.twin.TwinAnswer;
import dev.holdfast.gateway.twin.TwinAnswer.AsOf;
import dev.holdfast.gateway.twin.TwinAnswer.ClassStatus;
import dev.holdfast.gateway.twin.TwinAnswer.PeerStatus;
import java.util.List;

/** How far twins are in step, per class and region. */
final class TwinMetrics {
  private TwinMetrics() {}

  static void write(Exposition out, TwinAnswer.Regions regions) {
    List<ClassStatus> classes = regions.classes();
    out.metric(
        "holdfast_twin_age_seconds",
        "gauge",
        "What is here of a region is not older than this; absent while that is not known.");
    for (ClassStatus status : classes) {
      for (AsOf asOf : status.asOf()) {
        if (asOf.ageSeconds() >= 0) {
          out.sample((double) asOf.ageSeconds(), labels(status, asOf.region()));
        }
      }
    }
    out.metric("holdfast_twin_entries", "gauge", "Entries that a class holds.");
    classes.forEach(status -> out.sample((double) status.entries(), label(status)));
    out.metric("holdfast_twin_unsealed", "gauge", "Writes that nobody was told of yet.");
    classes.forEach(status -> out.sample((double) status.unsealed(), label(status)));
    out.metric(
        "holdfast_twin_peer_in_step",
        "gauge",
        "Whether what a region said last is what is here now.");
    for (ClassStatus status : classes) {
      for (PeerStatus peer : status.peers()) {
        out.sample(peer.inStep() ? 1 : 0, labels(status, peer.region()));
      }
    }
    out.metric(
        "holdfast_twin_problems_total",
        "counter",
        "What was not as it should be in what regions say, by kind; see the journal for which.");
    regions
        .problems()
        .forEach(
            (what, count) ->
                out.sample((double) count, List.of(new Label("what", Json.code(what)))));
  }

  private static List<Label> label(ClassStatus status) {
    return List.of(new Label("class", status.name()));
  }

  private static List<Label> labels(ClassStatus status, String region) {
    return List.of(new Label("class", status.name()), new Label("region", region));
  }
}
