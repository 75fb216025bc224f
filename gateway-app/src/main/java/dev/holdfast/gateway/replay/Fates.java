package dev.holdfast.gateway.replay;

import dev.holdfast.gateway.replay.Track.Fate;
import java.util.Arrays;

/** What became of bundles, by their numbers: a byte each, for runs of millions. */
final class Fates {
  private static final Fate[] ALL = Fate.values();

  private byte[] fates = new byte[1024];

  Fate of(long number) {
    return number < fates.length ? ALL[fates[(int) number]] : Fate.OPEN;
  }

  void set(long number, Fate fate) {
    if (number >= fates.length) {
      fates = Arrays.copyOf(fates, (int) Math.max(number + 1, 2L * fates.length));
    }
    fates[(int) number] = (byte) fate.ordinal();
  }
}
