package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Kills the relay once, in mid-transfer, and starts it again. Main thread, but for the restart. */
final class RelayCrash {
  private final Fleet fleet;
  private final DtnTime from;
  private final long leastBytes;
  private volatile Optional<Outcome.Crash> told = Optional.empty();

  /**
   * A crash to come.
   *
   * @param from not before this
   * @param leastBytes only when at least so many bytes moved through one link since the last look
   */
  RelayCrash(Fleet fleet, DtnTime from, long leastBytes) {
    this.fleet = fleet;
    this.from = from;
    this.leastBytes = leastBytes;
  }

  /** Whether to do it now. */
  boolean isTime(DtnTime now, long movedBytes) {
    return told.isEmpty() && !now.isBefore(from) && movedBytes >= leastBytes;
  }

  /** Kills the relay, and starts it again in the background. */
  void kill(DtnTime now, long movedBytes, Runnable killed, Trouble trouble, GatewayClock clock)
      throws IOException, InterruptedException {
    GatewayProcess relay = fleet.process(Site.RELAY);
    relay.kill();
    told = Optional.of(new Outcome.Crash(now, movedBytes, Optional.empty()));
    killed.run();
    relay.start();
    Thread.ofVirtual().name("demo-restart").start(() -> awaitReturn(trouble, clock));
  }

  private void awaitReturn(Trouble trouble, GatewayClock clock) {
    try {
      fleet.awaitReady(Site.RELAY);
      DtnTime ready = clock.now().wall();
      told = told.map(c -> new Outcome.Crash(c.at(), c.bytesMoving(), Optional.of(ready)));
    } catch (IOException e) {
      trouble.report("the relay did not come back: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the relay was killed and is not back. */
  boolean isUnderWay() {
    return told.filter(crash -> crash.readyAgain().isEmpty()).isPresent();
  }

  /** What happened; empty if nothing did yet. */
  Optional<Outcome.Crash> told() {
    return told;
  }

  /** The same for people. */
  Optional<String> news() {
    return told.map(
        crash ->
            crash
                .readyAgain()
                .map(
                    ready ->
                        String.format(
                            Locale.ROOT,
                            "The relay is back, %.1f s after it was killed.",
                            ready.since(crash.at()) / 1000.0))
                .orElse(
                    "The relay was killed with SIGKILL while %s were on their way in 0.1 s."
                        .formatted(Units.sizeText(crash.bytesMoving()))));
  }
}
