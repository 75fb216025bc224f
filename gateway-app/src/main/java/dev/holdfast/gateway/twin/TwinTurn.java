package dev.holdfast.gateway.twin;

import dev.holdfast.crdt.sync.Witness;
import dev.holdfast.gateway.turn.Request;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What follows from some events: to be committed first; then, once that is durable, to be said.
 *
 * @param number counts up from 1
 * @param witnesses how far the stream of each class is told, if that has changed: to be kept
 *     outside the store before the rest is committed
 * @param commit what is to be durable; empty of all if nothing
 * @param replies what those who asked are told
 * @param local things that were changed here
 * @param remote things that were changed by other regions
 */
public record TwinTurn(
    long number,
    Optional<SortedMap<String, Witness>> witnesses,
    Request.Commit commit,
    List<Reply> replies,
    SortedSet<String> local,
    SortedSet<String> remote) {
  /** Keeps its own copies. */
  public TwinTurn {
    replies = List.copyOf(replies);
  }

  /**
   * An answer.
   *
   * @param id as asked
   * @param answer the answer
   */
  public record Reply(long id, TwinAnswer answer) {}

  /** Whether nothing is to be committed. */
  public boolean commitsNothing() {
    return commit.records().isEmpty()
        && commit.messages().isEmpty()
        && commit.superseded().isEmpty()
        && commit.taken().isEmpty()
        && commit.notes().isEmpty();
  }
}
