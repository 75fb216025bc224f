package dev.holdfast.gateway.clock;

import java.security.SecureRandom;

/** Randomness nobody can guess, from the operating system. Any thread. */
public final class SecureEntropy implements Entropy {
  private final SecureRandom random = new SecureRandom();

  @Override
  public long nextLong() {
    return random.nextLong();
  }
}
