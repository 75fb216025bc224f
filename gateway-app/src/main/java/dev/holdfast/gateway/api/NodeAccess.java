package dev.holdfast.gateway.api;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.node.Journal;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The way to the node and to what it holds.
 *
 * @param asks asks the node; the answer comes on a thread of the node, so nothing may wait there
 * @param store read by platform threads only
 * @param journal what happened
 */
public record NodeAccess(
    Function<Request, CompletableFuture<Answer>> asks, BundleStore store, Journal journal) {
  private static final long MOST_SECONDS = 60;

  /** Asks the node and waits for the answer; a refusal becomes a {@link Problem}. */
  Answer ask(Request request) {
    return granted(await(asks.apply(request)));
  }

  /** Waits for an answer; if none comes, that is a {@link Problem}. */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(Problem.Kind.STOPPING, "the gateway is stopping");
    } catch (TimeoutException e) {
      throw new Problem(Problem.Kind.FAULT, "the node did not answer within a minute");
    } catch (ExecutionException e) {
      throw new Problem(Problem.Kind.FAULT, "the node failed: " + e.getCause());
    }
  }

  /** The answer, unless it is a refusal. */
  static Answer granted(Answer answer) {
    return switch (answer) {
      case Answer.Refused refused -> throw Problem.of(refused);
      case Answer.Submitted _,
          Answer.Committed _,
          Answer.Fetched _,
          Answer.Done _,
          Answer.Status _ ->
          answer;
    };
  }

  /** How the node is now. */
  NodeStatus look() {
    return switch (ask(new Request.Look())) {
      case Answer.Status(NodeStatus status) -> status;
      case Answer other -> throw unexpected(other);
    };
  }

  /** The node and this package disagree about who answers what. */
  static IllegalStateException unexpected(Answer answer) {
    return new IllegalStateException("not an answer to that request: " + answer);
  }
}
