package dev.holdfast.contacts.orbit;

import java.util.Comparator;

/**
 * A window rounded inward to whole seconds, in which a link may be used.
 *
 * @param link the place of the link in the list of links
 * @param from the node that sends, by its place in the scenario
 * @param to the node that hears
 * @param both whether {@code to} sends too
 * @param span when
 * @param light whole seconds after which {@code to} hears
 */
record Session(int link, int from, int to, boolean both, Span span, int light) {
  /** First come; of those that begin at once the longer, then by node. */
  static final Comparator<Session> FIRST_COME =
      Comparator.<Session>comparingInt(session -> session.span().start())
          .thenComparingInt(session -> -session.span().end())
          .thenComparingInt(Session::from)
          .thenComparingInt(Session::to);

  /**
   * Whole seconds after the start of the plan.
   *
   * @param start the first
   * @param end the first that is no longer in it
   */
  record Span(int start, int end) {
    int seconds() {
      return end - start;
    }

    boolean meets(Span other) {
      return start < other.end && other.start < end;
    }

    Span later(int seconds) {
      return new Span(start + seconds, end + seconds);
    }

    Span within(Span other) {
      return new Span(Math.max(start, other.start), Math.min(end, other.end));
    }
  }

  Session from(int start) {
    return new Session(link, from, to, both, new Span(start, span.end()), light);
  }
}
