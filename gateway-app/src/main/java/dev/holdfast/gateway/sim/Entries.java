package dev.holdfast.gateway.sim;

import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.Request;

/** What of a node's events, changes and effects goes into the hash of a run. */
final class Entries {
  private final EventLog log;

  Entries(EventLog log) {
    this.log = log;
  }

  void event(long nanos, String node, NodeEvent event) {
    switch (event) {
      case NodeEvent.FromLink(LinkEvent from) -> link(nanos, node, from);
      case NodeEvent.Asked(var id, Request request) ->
          entry(nanos, node, event, 1).add(id.number()).add(code(request));
      case NodeEvent.QueueRead(var queue, var bundles, boolean complete) -> {
        entry(nanos, node, event, 2).add(queue.toString()).add(complete ? 1 : 0);
        bundles.forEach(this::held);
      }
      case NodeEvent.Offered offered -> {
        entry(nanos, node, event, 10).add(offered.to().name()).add(offered.queue().toString());
        offered.bundles().forEach(this::held);
      }
      case NodeEvent.ExpiredRead(var bundles, boolean complete, var next) -> {
        entry(nanos, node, event, 3).add(complete ? 1 : 0);
        next.ifPresent(time -> log.add(time.millis()));
        bundles.forEach(this::held);
      }
      case NodeEvent.FragmentsRead read -> {
        entry(nanos, node, event, 4).add(read.original().created().sequence());
        read.fragments().forEach(f -> held(f.held()));
      }
      case NodeEvent.Assembled(var head, var whole) ->
          entry(nanos, node, event, 5).add(head.encoded()).add(whole.isPresent() ? 1 : 0);
      case NodeEvent.PlanLoaded(var plan) -> entry(nanos, node, event, 6).add(plan.version());
      case NodeEvent.StoreSpace(boolean full, String _) ->
          entry(nanos, node, event, 7).add(full ? 1 : 0);
      case NodeEvent.Foreseen(var at, var _, var forecast) ->
          entry(nanos, node, event, 10).add(at.millis()).add(forecast.carried());
      case NodeEvent.Tick() -> entry(nanos, node, event, 8);
      case NodeEvent.Drain() -> entry(nanos, node, event, 9);
    }
  }

  private EventLog entry(long nanos, String node, Object what, int code) {
    return log.entry(nanos, node, what, code);
  }

  private void link(long nanos, String node, LinkEvent event) {
    switch (event) {
      case LinkEvent.Up up ->
          entry(nanos, node, event, 20).add(up.link().name()).add(up.peer().toString());
      case LinkEvent.Down down ->
          entry(nanos, node, event, 21).add(down.link().name()).add(down.reason());
      case LinkEvent.Unreached(var link, int attempt, String _) ->
          entry(nanos, node, event, 22).add(link.name()).add(attempt);
      case LinkEvent.Arrived arrived -> {
        entry(nanos, node, event, 23).add(arrived.link().name()).add(arrived.head().encoded());
        payload(arrived.payload());
        log.add(arrived.trailer());
      }
      case LinkEvent.Malformed(var link, var fault) ->
          entry(nanos, node, event, 24).add(link.name()).add(fault.toString());
      case LinkEvent.Violated(var link, var fault) ->
          entry(nanos, node, event, 25).add(link.name()).add(fault.toString());
      case LinkEvent.Sent(var link, var token) ->
          entry(nanos, node, event, 26).add(link.name()).add(token.number());
      case LinkEvent.Confirmed(var link, var token) ->
          entry(nanos, node, event, 27).add(link.name()).add(token.number());
      case LinkEvent.Failed(var link, var token, var cause) ->
          entry(nanos, node, event, 28).add(link.name()).add(token.number()).add(cause.name());
    }
  }

  void change(StoreChange change) {
    switch (change) {
      case StoreChange.Put put -> {
        log.add(40).add(put.head());
        held(put.bundle());
        payload(put.payload());
        log.add(put.trailer());
      }
      case StoreChange.Update(var _, var after) -> {
        log.add(41);
        held(after);
      }
      case StoreChange.Remove(var bundle) -> {
        log.add(42);
        held(bundle);
      }
      case StoreChange.Remember(var id, var until) ->
          log.add(43).add(id.created().sequence()).add(until.millis());
      case StoreChange.ForgetBefore(var now) -> log.add(44).add(now.millis());
      case StoreChange.SetNumber(String name, long value) -> log.add(45).add(name).add(value);
      case StoreChange.PutRecord(var key, var value) -> log.add(46).add(key).add(value);
      case StoreChange.RemoveRecord(var key) -> log.add(47).add(key);
    }
  }

  private void held(HeldBundle bundle) {
    log.add(bundle.key().sequence())
        .add(bundle.expiry().millis())
        .add(bundle.progress().sent())
        .add(bundle.progress().fetches());
  }

  private void payload(Payload payload) {
    switch (payload) {
      // Its bytes are in the hash by the checksum that follows them.
      case Payload.Inline inline -> log.add(inline.length());
      case Payload.Spooled(long spool, long length) -> log.add(spool).add(length);
    }
  }

  void effect(long nanos, String node, Effect effect) {
    switch (effect) {
      case Effect.Accept(var inbound) ->
          entry(nanos, node, effect, 60).add(inbound.session()).add(inbound.transfer());
      case Effect.Refuse(var inbound, var refusal) ->
          entry(nanos, node, effect, 61)
              .add(inbound.session())
              .add(inbound.transfer())
              .add(refusal.name());
      case Effect.Discard(var payload) -> entry(nanos, node, effect, 62).add(payload.length());
      case Effect.OpenLink(var link, var order) ->
          entry(nanos, node, effect, 63).add(link.name()).add(order.bytesPerSecond());
      case Effect.CloseLink(var link, var order) ->
          entry(nanos, node, effect, 64).add(link.name()).add(order.drainMillis());
      case Effect.Transmit transmit -> {
        entry(nanos, node, effect, 65).add(transmit.link().name()).add(transmit.token().number());
        held(transmit.bundle());
        transmit.part().ifPresent(part -> log.add(part.offset()).add(part.length()));
        if (transmit.copiesLeft() > 0) {
          log.add(transmit.copiesLeft());
        }
      }
      case Effect.ReadQueue read -> entry(nanos, node, effect, 66).add(read.limit());
      case Effect.ReadOffers read -> entry(nanos, node, effect, 73).add(read.to().name());
      case Effect.ReadExpired read -> entry(nanos, node, effect, 67).add(read.until().millis());
      case Effect.ReadFragments read ->
          entry(nanos, node, effect, 68).add(read.original().created().sequence());
      case Effect.Assemble assemble -> entry(nanos, node, effect, 69).add(assemble.pieces().size());
      case Effect.Foresee foresee ->
          entry(nanos, node, effect, 73).add(foresee.demand().flows().size());
      case Effect.Reply(var id, var answer) ->
          entry(nanos, node, effect, 70).add(id.number()).add(code(answer));
      case Effect.Note(var note) ->
          entry(nanos, node, effect, 71).add(note.kind().name()).add(note.text());
      case Effect.Drained() -> entry(nanos, node, effect, 72);
    }
  }

  private static int code(Request request) {
    return switch (request) {
      case Request.Submit _ -> 80;
      case Request.Fetch _ -> 81;
      case Request.Acknowledge _ -> 82;
      case Request.GiveBack _ -> 83;
      case Request.Register _ -> 84;
      case Request.Cancel _ -> 85;
      case Request.Look() -> 86;
      case Request.Commit _ -> 87;
    };
  }

  private static int code(Answer answer) {
    return switch (answer) {
      case Answer.Submitted _ -> 90;
      case Answer.Fetched fetched -> 1000 + fetched.deliveries().size();
      case Answer.Done done -> 100_000 + done.count();
      case Answer.Refused _ -> 91;
      case Answer.Committed committed -> 10_000_000 + committed.made().size();
      case Answer.Status _ -> 99;
    };
  }
}
