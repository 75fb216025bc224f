package dev.holdfast.gateway.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Everything that happened in a world, a line each, and the hash of all lines: equal hashes mean
 * equal runs.
 */
public final class EventLog {
  private static final int KEPT = 10_000;

  private final MessageDigest digest;
  private final List<String> first = new ArrayList<>();
  private long lines;

  EventLog() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void add(String line) {
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    lines++;
    if (first.size() < KEPT) {
      first.add(line);
    }
  }

  /** How many lines. */
  public long lines() {
    return lines;
  }

  /** The first lines, for a person who looks for what went wrong. */
  public List<String> first() {
    return List.copyOf(first);
  }

  /** SHA-256 over all lines so far. */
  public String hash() {
    try {
      MessageDigest copy = (MessageDigest) digest.clone();
      return HexFormat.of().formatHex(copy.digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 can be copied", e);
    }
  }
}
