package dev.holdfast.gateway.api;

import dev.holdfast.crdt.twin.Refusal;
import dev.holdfast.crdt.twin.ThingId;
import dev.holdfast.gateway.twin.TwinAccess;
import dev.holdfast.gateway.twin.TwinAnswer;
import dev.holdfast.gateway.twin.TwinFeed;
import dev.holdfast.gateway.twin.TwinRequest;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the twins; what they refuse becomes a {@link Problem}. */
final class TwinCalls {
  private final Optional<TwinAccess> access;

  TwinCalls(Optional<TwinAccess> access) {
    this.access = access;
  }

  /** Whether this gateway has twins. */
  boolean isConfigured() {
    return access.isPresent();
  }

  /** Which things changed lately. */
  TwinFeed feed() {
    return twins().feed();
  }

  private TwinAccess twins() {
    return access.orElseThrow(
        () ->
            new Problem(
                Problem.Kind.NOT_FOUND,
                "this gateway keeps no twins; give it a section 'twins' in its configuration, with"
                    + " a key of holdfast keys generate"));
  }

  /** Asks, and waits for the answer. */
  TwinAnswer ask(TwinRequest request) {
    return granted(NodeAccess.await(twins().asks().apply(request)));
  }

  private static TwinAnswer granted(TwinAnswer answer) {
    return switch (answer) {
      case TwinAnswer.Refused(var refusal) -> throw Problem.of(refusal);
      case TwinAnswer.Failed failed -> throw Problem.of(failed);
      case TwinAnswer.Shown _,
          TwinAnswer.Listed _,
          TwinAnswer.Changed _,
          TwinAnswer.Mismatch _,
          TwinAnswer.Document _,
          TwinAnswer.Regions _,
          TwinAnswer.Carried _ ->
          answer;
    };
  }

  /** What stands somewhere. */
  TwinAnswer.Shown show(TwinRequest.Read read) {
    return switch (ask(read)) {
      case TwinAnswer.Shown shown -> shown;
      case TwinAnswer other -> throw unexpected(other);
    };
  }

  /** What stands somewhere; empty if nothing does. */
  Optional<TwinAnswer.Shown> find(TwinRequest.Read read) {
    return found(NodeAccess.await(twins().asks().apply(read)));
  }

  /** What stands at several places; what is not there is left out. */
  List<TwinAnswer.Shown> findAll(List<TwinRequest.Read> reads) {
    List<CompletableFuture<TwinAnswer>> answers = new ArrayList<>();
    for (TwinRequest.Read read : reads) {
      answers.add(twins().asks().apply(read));
    }
    List<TwinAnswer.Shown> all = new ArrayList<>();
    for (CompletableFuture<TwinAnswer> answer : answers) {
      found(NodeAccess.await(answer)).ifPresent(all::add);
    }
    return all;
  }

  private static Optional<TwinAnswer.Shown> found(TwinAnswer answer) {
    return switch (answer) {
      case TwinAnswer.Shown shown -> Optional.of(shown);
      case TwinAnswer.Refused(Refusal.NotThere _) -> Optional.empty();
      case TwinAnswer other -> throw unexpected(granted(other));
    };
  }

  /** Things by id. */
  TwinAnswer.Listed list(Optional<ThingId> after, int limit) {
    return switch (ask(new TwinRequest.Things(after, limit))) {
      case TwinAnswer.Listed listed -> listed;
      case TwinAnswer other -> throw unexpected(other);
    };
  }

  /** How the classes are. */
  TwinAnswer.Regions look() {
    return switch (ask(new TwinRequest.Look())) {
      case TwinAnswer.Regions regions -> regions;
      case TwinAnswer other -> throw unexpected(other);
    };
  }

  /** Changes something; the tag of what is there then, or now, goes with the answer. */
  TwinAnswer.Changed change(Context context, TwinRequest request) {
    return switch (ask(request)) {
      case TwinAnswer.Changed changed -> {
        TwinViews.tag(context, changed.tag());
        yield changed;
      }
      case TwinAnswer.Mismatch(Optional<String> tag) -> {
        tag.ifPresent(present -> TwinViews.tag(context, present));
        throw new Problem(
            Problem.Kind.CHANGED,
            tag.map(
                    present ->
                        "the thing is not as the condition says: its tag is now \""
                            + present
                            + "\"; read it again and decide anew")
                .orElse("the thing is not there, and the condition is about one that is"));
      }
      case TwinAnswer other -> throw unexpected(other);
    };
  }

  /** The twins and this package disagree about who answers what. */
  static IllegalStateException unexpected(TwinAnswer answer) {
    return new IllegalStateException("not an answer to that request: " + answer);
  }
}
