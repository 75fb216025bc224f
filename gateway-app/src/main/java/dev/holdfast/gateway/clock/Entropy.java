package dev.holdfast.gateway.clock;

/** Port: where randomness comes from. Secure in a gateway, seeded in simulations. Any thread. */
public interface Entropy {
  /** 64 random bits. */
  long nextLong();
}
