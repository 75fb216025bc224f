package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.RequestId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What applications ask of one node, and what it answered. When the node crashes, whatever was
 * asked and not answered is never answered.
 */
public final class Applications {
  private final SimNode node;
  private final SimWorld world;
  private final Map<RequestId, Asked> open = new LinkedHashMap<>();
  private final Map<RequestId, Answer> kept = new LinkedHashMap<>();
  private final List<Runnable> onRestart = new ArrayList<>();
  private long lastRequest;

  private record Asked(Request request, Consumer<Answer> told) {}

  Applications(SimNode node, SimWorld world) {
    this.node = node;
    this.world = world;
  }

  /** Asks; the answer is kept for {@link #answer}. */
  RequestId ask(Request request) {
    RequestId[] id = new RequestId[1];
    id[0] = ask(request, answer -> kept.put(id[0], answer));
    return id[0];
  }

  Optional<Answer> answer(RequestId id) {
    return Optional.ofNullable(kept.get(id));
  }

  /** Asks; {@code told} hears the answer unless the node crashes first. */
  public RequestId ask(Request request, Consumer<Answer> told) {
    RequestId id = new RequestId(++lastRequest);
    if (node.isAlive()) {
      open.put(id, new Asked(request, told));
      if (request instanceof Request.Submit submit) {
        world.watch().submitting(node, id.number(), submit);
      }
      node.deliver(new NodeEvent.Asked(id, request));
    }
    return id;
  }

  /** An application has the bundles. */
  public void acknowledge(Eid endpoint, List<HeldBundle> bundles) {
    bundles.forEach(bundle -> world.watch().acknowledging(node, bundle));
    ask(
        new Request.Acknowledge(endpoint, bundles.stream().map(HeldBundle::key).toList()),
        answer -> {
          if (answer instanceof Answer.Done) {
            bundles.forEach(bundle -> world.watch().acknowledged(node, bundle));
          }
        });
  }

  /** Does {@code action} whenever the node has started again. */
  public void onRestart(Runnable action) {
    onRestart.add(action);
  }

  void answered(RequestId id, Answer answer) {
    Asked asked = open.remove(id);
    if (asked == null) {
      return;
    }
    switch (answer) {
      case Answer.Submitted(var bundle) -> world.watch().submitted(node, id.number(), bundle);
      case Answer.Refused refused -> {
        if (asked.request() instanceof Request.Submit) {
          world.watch().refused(node, id.number(), refused);
        }
      }
      case Answer.Fetched(var deliveries) ->
          deliveries.forEach(d -> world.watch().fetched(node, d.bundle(), d.repeated()));
      case Answer.Done _, Answer.Committed _, Answer.Status _ -> {}
    }
    asked.told().accept(answer);
  }

  void crashed() {
    open.clear();
  }

  void restarted() {
    onRestart.forEach(Runnable::run);
  }
}
