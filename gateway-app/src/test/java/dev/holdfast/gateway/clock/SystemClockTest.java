package dev.holdfast.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SystemClockTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOON = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();
  private static final SystemClock.Trust TRUST = new SystemClock.Trust(100, 10_000, 600_000);

  private long nanos = 77 * SECOND;
  private long wall = NOON;
  private OptionalLong uptime = OptionalLong.of(1_000 * SECOND);

  private SystemClock clock() {
    return new SystemClock(new MachineTime(() -> nanos, () -> wall, () -> uptime, 42), TRUST);
  }

  /** Both sides go on together. */
  private void pass(long millis) {
    nanos += millis * 1_000_000;
    wall += millis;
    uptime.ifPresent(old -> uptime = OptionalLong.of(old + millis * 1_000_000));
  }

  @Test
  void readsBothSides() {
    SystemClock clock = clock();
    pass(1_500);
    Moment now = clock.now();
    assertThat(now.bootMillis()).isEqualTo(1_001_500);
    assertThat(now.wall()).isEqualTo(DtnTime.of(Instant.parse("2026-11-21T12:00:01.5Z")));
    assertThat(now.wallErrorMillis()).isEqualTo(100);
    assertThat(now.trusted()).isTrue();
    assertThat(clock.bootId()).isEqualTo(42);
  }

  @Test
  void believesAClockThatIsSlewed() {
    SystemClock clock = clock();
    for (int i = 0; i < 10_000; i++) {
      pass(10_000);
      wall += 5; // 500 ppm
      assertThat(clock.now().wallErrorMillis()).isEqualTo(100);
    }
  }

  @Test
  void growsItsErrorByAStepUntilItIsAccepted() {
    SystemClock clock = clock();
    pass(5_000);
    wall += 3_600_000;
    assertThat(clock.now())
        .satisfies(
            now -> {
              assertThat(now.wallErrorMillis()).isEqualTo(3_600_100);
              assertThat(now.trusted()).isFalse();
              assertThat(now.bootMillis()).isEqualTo(1_005_000);
            });
    pass(599_000);
    assertThat(clock.now().trusted()).isFalse();
    pass(2_000);
    assertThat(clock.now().wallErrorMillis()).isEqualTo(100);
    assertThat(clock.now().trusted()).isTrue();
  }

  @Test
  void staysTrustedAfterAStepWithinItsBound() {
    SystemClock clock = clock();
    wall -= 2_000;
    assertThat(clock.now().wallErrorMillis()).isEqualTo(2_100);
    assertThat(clock.now().trusted()).isTrue();
  }

  @Test
  void forgetsAStepThatIsTakenBack() {
    SystemClock clock = clock();
    wall += 86_400_000;
    assertThat(clock.now().trusted()).isFalse();
    pass(1_000);
    wall -= 86_400_000;
    assertThat(clock.now().wallErrorMillis()).isEqualTo(100);
  }

  @Test
  void waitsAnewAfterASecondStep() {
    SystemClock clock = clock();
    wall += 60_000;
    clock.now();
    pass(599_000);
    wall += 60_000;
    assertThat(clock.now().wallErrorMillis()).isEqualTo(120_100);
    pass(599_000);
    assertThat(clock.now().trusted()).isFalse();
    pass(1_000);
    assertThat(clock.now().trusted()).isTrue();
  }

  @Test
  void countsTheTimeTheMachineSlept() {
    SystemClock clock = clock();
    pass(1_000);
    wall += 7_200_000;
    uptime = OptionalLong.of(uptime.getAsLong() + 7_200 * SECOND);
    pass(1_000);
    Moment now = clock.now();
    assertThat(now.bootMillis()).isEqualTo(1_000_000 + 2_000 + 7_200_000);
    assertThat(now.wallErrorMillis()).isEqualTo(100);
  }

  @Test
  void neverGoesBackOnTheMonotonicSide() {
    SystemClock clock = clock();
    uptime = OptionalLong.of(0);
    pass(2_000);
    assertThat(clock.now().bootMillis()).isEqualTo(1_002_000);
  }

  @Test
  void trustsNoWallClockBeforeTheEpoch() {
    wall = 12_345;
    Moment now = clock().now();
    assertThat(now.wall()).isEqualTo(DtnTime.UNKNOWN);
    assertThat(now.wallErrorMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(now.trusted()).isFalse();
  }

  @Test
  void doesWithoutAnUptime() {
    uptime = OptionalLong.empty();
    SystemClock clock = clock();
    pass(3_000);
    assertThat(clock.now().bootNanos()).isEqualTo(80 * SECOND);
  }

  @Test
  void readsThisMachine() {
    SystemClock clock = new SystemClock(TRUST);
    Moment first = clock.now();
    Moment second = clock.now();
    assertThat(second.bootNanos()).isGreaterThanOrEqualTo(first.bootNanos());
    assertThat(second.trusted()).isTrue();
    assertThat(clock.bootId()).isEqualTo(new SystemClock(TRUST).bootId());
    assertThat(new SecureEntropy().nextLong()).isNotEqualTo(new SecureEntropy().nextLong());
  }
}
