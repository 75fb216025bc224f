package dev.holdfast.gateway.twin;

import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.gateway.turn.Request;
import java.util.List;
import java.util.SortedSet;

/**
 * What follows from some events: to be committed first; then, once that is durable, to be said.
 *
 * @param number counts up from 1
 * @param commit what is to be durable; empty of all if nothing
 * @param replies what those who asked are told
 * @param local things that were changed here
 * @param remote things that were changed by other regions
 * @param notices what operators should know
 */
public record TwinTurn(
    long number,
    Request.Commit commit,
    List<Reply> replies,
    SortedSet<String> local,
    SortedSet<String> remote,
    List<Notice> notices) {
  /** Keeps its own copies. */
  public TwinTurn {
    replies = List.copyOf(replies);
    notices = List.copyOf(notices);
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
        && commit.taken().isEmpty();
  }
}
