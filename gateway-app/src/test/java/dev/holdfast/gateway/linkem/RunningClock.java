package dev.holdfast.gateway.linkem;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import java.time.Instant;

/** The machine's clock: these tests move real bytes through real sockets. */
final class RunningClock implements GatewayClock {
  @Override
  public Moment now() {
    return new Moment(System.nanoTime(), DtnTime.of(Instant.now()), 0, true);
  }

  @Override
  public long bootId() {
    return 1;
  }
}
