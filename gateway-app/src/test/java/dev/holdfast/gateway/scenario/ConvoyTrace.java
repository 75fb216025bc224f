package dev.holdfast.gateway.scenario;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A convoy on a road as a connectivity trace of the ONE: a line for each time that two vehicles
 * come into reach or get out of it. Whole numbers throughout, so that it is the same everywhere.
 *
 * <p>Every vehicle wants to be at some distance behind the one in front, wants to drive at a speed
 * that changes now and then, and does a little of both. Now and then one stops for a while.
 */
final class ConvoyTrace {
  private static final int VEHICLES = 10;
  private static final int SECONDS = 6 * 3_600;
  private static final int REACH = 180_000;
  private static final int GAP = 110_000;
  private static final int SLOWEST = 9_000;
  private static final int FASTEST = 19_000;
  private static final int MOOD_SECONDS = 240;
  private static final int STOP_ODDS = 9_000;
  private static final int STOP_SECONDS = 420;

  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20_300_101);

  /** Places on the road and speeds, in millimetres and millimetres a second. */
  private final long[] place = new long[VEHICLES];

  private final int[] mood = new int[VEHICLES];
  private final int[] standing = new int[VEHICLES];
  private final boolean[][] near = new boolean[VEHICLES][VEHICLES];
  private final StringBuilder text = new StringBuilder();

  private ConvoyTrace() {}

  /** The trace. */
  static String text() {
    return new ConvoyTrace().drive();
  }

  private String drive() {
    for (int i = 0; i < VEHICLES; i++) {
      place[i] = (long) (VEHICLES - i) * GAP;
    }
    for (int second = 0; second < SECONDS; second++) {
      look(second);
      for (int i = 0; i < VEHICLES; i++) {
        move(i);
      }
    }
    return text.toString();
  }

  private void look(int second) {
    for (int i = 0; i < VEHICLES; i++) {
      for (int j = i + 1; j < VEHICLES; j++) {
        boolean now = Math.abs(place[i] - place[j]) <= REACH;
        if (now != near[i][j]) {
          near[i][j] = now;
          String change = now ? "up" : "down";
          text.append("%d CONN %d %d %s\n".formatted(second, i + 1, j + 1, change));
        }
      }
    }
  }

  private void move(int i) {
    if (standing[i] > 0) {
      standing[i]--;
      return;
    }
    if (random.nextInt(STOP_ODDS) == 0) {
      standing[i] = 1 + random.nextInt(STOP_SECONDS);
    }
    if (mood[i] == 0 || random.nextInt(MOOD_SECONDS) == 0) {
      mood[i] = SLOWEST + random.nextInt(FASTEST - SLOWEST);
    }
    long pull = i == 0 ? 0 : (place[i - 1] - GAP - place[i]) / 12;
    long speed = Math.clamp(mood[i] + pull, 0, (long) FASTEST + 6_000);
    place[i] += i == 0 ? Math.min(speed, FASTEST - 4_000) : speed;
  }
}
