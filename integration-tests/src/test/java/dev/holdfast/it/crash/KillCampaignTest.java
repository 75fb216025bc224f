package dev.holdfast.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.peer.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways exchange bundles under load while one of them, or both, are killed at random
 * moments: what was acknowledged to a sender reaches the application, and none comes again after
 * its acknowledgement.
 *
 * <p>{@code -Dholdfast.kills=N} sets how many kills, {@code -Dholdfast.seed=S} the moments, and
 * {@code -Dholdfast.firstKill=K} goes on at the K-th kill of that seed.
 */
class KillCampaignTest {
  private static final int KILLS = Integer.getInteger("holdfast.kills", 5);
  private static final long SEED = Long.getLong("holdfast.seed", 20_260_131L);
  private static final int FIRST = Integer.getInteger("holdfast.firstKill", 1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofSeconds(120);
  private static final int LATEST_MILLIS = 800;
  private static final int PROGRESS = 20;
  private static final long PAUSE_MILLIS = 30;

  @TempDir Path directory;
  private final List<GatewayChild> gateways = new ArrayList<>();

  /** By direction: from the first gateway to the second, and back. */
  private final List<Accounts> accounts = List.of(new Accounts(), new Accounts());

  private final CountDownLatch loadEnds = new CountDownLatch(1);
  private final CountDownLatch allEnds = new CountDownLatch(1);
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    loadEnds.countDown();
    allEnds.countDown();
    for (GatewayChild gateway : gateways) {
      gateway.close();
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesEveryKillAndComesOnce() throws Exception {
    System.out.printf(
        "kills %d to %d of seed %d; repeat with -Dtest=KillCampaignTest -Dholdfast.kills=%d"
            + " -Dholdfast.seed=%d -Dholdfast.firstKill=%d%n",
        FIRST, FIRST + KILLS - 1, SEED, KILLS, SEED, FIRST);
    startGateways();
    for (int i = 0; i < 2; i++) {
      int side = i;
      run("submit " + i, loadEnds, () -> submit(side));
      run("take " + i, allEnds, () -> take(side));
    }
    for (int kill = FIRST; kill < FIRST + KILLS; kill++) {
      kill(kill);
    }
    loadEnds.countDown();
    Awaitility.await("everything that is owed is delivered")
        .atMost(DRAIN)
        .pollInterval(Duration.ofMillis(100))
        .failFast(this::failOnWrong)
        .untilAsserted(() -> assertThat(owed()).isEmpty());
    awaitEmpty();
    for (GatewayChild gateway : gateways) {
      gateway.kill();
      gateway.start();
    }
    awaitEmpty();
    failOnWrong();
    System.out.println("there: " + accounts.get(0));
    System.out.println("back:  " + accounts.get(1));
  }

  private List<List<Long>> owed() {
    return accounts.stream().map(Accounts::owed).filter(owed -> !owed.isEmpty()).toList();
  }

  private void awaitEmpty() {
    Awaitility.await("neither gateway holds anything")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .failFast(this::failOnWrong)
        .until(() -> gateways.get(0).holdsNothing() && gateways.get(1).holdsNothing());
  }

  private void startGateways() throws IOException {
    List<Integer> ports = Loopback.freePorts(4);
    for (int i = 0; i < 2; i++) {
      String links =
          """
          listen: {tcpcl: {address: "127.0.0.1:%d"}}
          links:
            - {name: other, type: tcpcl, peer: ipn:%d, schedule: always, dial: "127.0.0.1:%d"}
          routes:
            - {to: "ipn:%d.*", via: other}
          """
              .formatted(ports.get(i), 2 - i, ports.get(1 - i), 2 - i);
      gateways.add(new GatewayChild(directory, i + 1, ports.get(2 + i), links, List.of()));
    }
    for (GatewayChild gateway : gateways) {
      gateway.start();
    }
  }

  private void kill(int number) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED + 31L * number);
    List<Long> before = accounts.stream().map(Accounts::takenCount).toList();
    Awaitility.await("bundles flow both ways before kill " + number)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .failFast(this::failOnWrong)
        .until(
            () ->
                accounts.get(0).takenCount() >= before.get(0) + PROGRESS
                    && accounts.get(1).takenCount() >= before.get(1) + PROGRESS);
    int delay = random.nextInt(LATEST_MILLIS);
    List<GatewayChild> victims =
        switch (random.nextInt(5)) {
          case 0, 1 -> List.of(gateways.get(0));
          case 2, 3 -> List.of(gateways.get(1));
          default -> gateways;
        };
    assertThat(victims.getFirst().runsFor(delay)).as(victims.getFirst().output()).isTrue();
    for (GatewayChild victim : victims) {
      victim.kill();
    }
    System.out.printf(
        "kill %d: %s after %d ms; %d there, %d back%n",
        number,
        victims.size() == 2 ? "both" : gateways.indexOf(victims.getFirst()) + 1,
        delay,
        accounts.get(0).takenCount(),
        accounts.get(1).takenCount());
    for (GatewayChild victim : victims) {
      victim.start();
    }
  }

  private void failOnWrong() {
    assertThat(failures).isEmpty();
    for (Accounts each : accounts) {
      assertThat(each.wrongs()).isEmpty();
    }
  }

  /** A step of the load. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  /** Repeats a step until the latch opens; a gateway that is down is tried again. */
  private void run(String name, CountDownLatch end, Step step) {
    Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(
            () -> {
              try {
                boolean down = false;
                while (!end.await(down ? PAUSE_MILLIS : 0, TimeUnit.MILLISECONDS)) {
                  try {
                    step.run();
                    down = false;
                  } catch (IOException killed) {
                    down = true;
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException | Error e) {
                failures.add(e);
              }
            });
  }

  private void submit(int side) throws IOException, InterruptedException {
    Accounts account = accounts.get(side);
    if (!account.places.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      return;
    }
    boolean accepted = false;
    try {
      long number = account.next();
      accepted = gateways.get(side).submit(2 - side, Accounts.payload(number)).isPresent();
      if (accepted) {
        account.accepted(number);
      }
    } finally {
      if (!accepted) {
        account.places.release(); // It may be there or not: the answer is lost.
      }
    }
  }

  private void take(int side) throws IOException, InterruptedException {
    Accounts account = accounts.get(1 - side);
    List<GatewayChild.Delivery> got = gateways.get(side).fetch();
    got.forEach(account::delivered);
    if (!got.isEmpty()) {
      gateways.get(side).acknowledge(got);
      got.forEach(account::taken);
    }
  }
}
