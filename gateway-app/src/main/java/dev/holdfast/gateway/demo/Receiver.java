package dev.holdfast.gateway.demo;

import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** Fetches what arrives at one site, and acknowledges it. On a thread of its own. */
final class Receiver implements Runnable {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration SHORT_LEASE = Duration.ofSeconds(2);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final int CHUNK = 64 << 10;
  private static final int AT_ONCE = 16;

  /** A payload that is surely read within the short lease. */
  private static final long SMALL = 1 << 20;

  private final Site site;
  private final GatewayApi api;
  private final GatewayClock clock;
  private final Ledger ledger;
  private final Sender.Run run;
  private Optional<Sabotage> sabotage;

  /**
   * A receiver.
   *
   * @param sabotage what to do wrong, once
   */
  Receiver(
      Site site,
      GatewayApi api,
      GatewayClock clock,
      Ledger ledger,
      Sender.Run run,
      Optional<Sabotage> sabotage) {
    this.site = site;
    this.api = api;
    this.clock = clock;
    this.ledger = ledger;
    this.run = run;
    this.sabotage = sabotage;
  }

  @Override
  public void run() {
    try {
      while (!run.isOverWithin(0)) {
        boolean forgetful = sabotage.equals(Optional.of(Sabotage.DUPLICATE));
        int limit = forgetful ? 1 : AT_ONCE;
        Duration lease = forgetful ? SHORT_LEASE : LEASE;
        for (GatewayApi.Handed handed : api.fetch(site.endpoint(), limit, lease, WAIT)) {
          take(handed);
        }
      }
    } catch (IOException e) {
      run.trouble().report("receiving at " + site.label() + " failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(GatewayApi.Handed handed) throws IOException {
    boolean flip = isTime(Sabotage.CORRUPT) && handed.size() > 0;
    String digest = digest(handed.key(), flip);
    ledger.delivered(handed.bundle(), handed.size(), digest, clock.now().wall());
    boolean forget = isTime(Sabotage.DUPLICATE) && handed.size() <= SMALL;
    if (!forget) {
      api.acknowledge(site.endpoint(), handed.key());
    }
    ledger.acknowledged(handed.bundle(), clock.now().wall());
    if (flip || forget) {
      sabotage = Optional.empty();
    }
  }

  private boolean isTime(Sabotage what) {
    return sabotage.equals(Optional.of(what));
  }

  private String digest(long key, boolean flip) throws IOException {
    MessageDigest digest = Sha256.start();
    byte[] chunk = new byte[CHUNK];
    boolean flipped = !flip;
    try (InputStream payload = api.payload(key)) {
      for (int n = payload.read(chunk); n >= 0; n = payload.read(chunk)) {
        if (!flipped && n > 0) {
          chunk[0] ^= 1;
          flipped = true;
        }
        digest.update(chunk, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
