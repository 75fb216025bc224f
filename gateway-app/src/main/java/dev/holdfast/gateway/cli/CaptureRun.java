package dev.holdfast.gateway.cli;

import dev.holdfast.gateway.replay.CaptureComparison;
import dev.holdfast.gateway.replay.CaptureOutcome;
import dev.holdfast.gateway.replay.CapturedGateway;
import dev.holdfast.gateway.replay.live.LiveOutcome;
import dev.holdfast.gateway.replay.live.LiveSettings;

/**
 * A capture that was replayed, to be told of.
 *
 * @param file as it was named
 * @param capture what was replayed
 * @param end what came of it
 * @param realNanos how long it took
 */
record CaptureRun(String file, CapturedGateway capture, End end, long realNanos) {
  /** What came of it, by the way in which it was replayed. */
  sealed interface End {
    /** What is as it was. */
    CaptureComparison comparison();

    /**
     * In virtual time.
     *
     * @param outcome all of it
     */
    record Virtual(CaptureOutcome outcome) implements End {
      @Override
      public CaptureComparison comparison() {
        return outcome.comparison();
      }
    }

    /**
     * Over sockets.
     *
     * @param settings how
     * @param outcome all of it
     */
    record Live(LiveSettings settings, LiveOutcome outcome) implements End {
      @Override
      public CaptureComparison comparison() {
        return outcome.comparison();
      }
    }
  }
}
