package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Hands the bundles of one site to its gateway when they are due. On a thread of its own. */
final class Sender implements Runnable {
  private final GatewayApi api;
  private final List<Consignment> consignments;
  private final ToLongFunction<Consignment> dueMillis;
  private final GatewayClock clock;
  private final Ledger ledger;
  private final Run run;

  /** What all threads of a run share. */
  record Run(Trouble trouble, CountDownLatch over) {
    /** Waits until the end of the run, at most so long; whether it is over. */
    boolean isOverWithin(long millis) throws InterruptedException {
      return over.await(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * A sender.
   *
   * @param consignments what to send, in order
   * @param dueMillis when each is due, in milliseconds of DTN time
   */
  Sender(
      GatewayApi api,
      List<Consignment> consignments,
      ToLongFunction<Consignment> dueMillis,
      GatewayClock clock,
      Ledger ledger,
      Run run) {
    this.api = api;
    this.consignments = List.copyOf(consignments);
    this.dueMillis = dueMillis;
    this.clock = clock;
    this.ledger = ledger;
    this.run = run;
  }

  @Override
  public void run() {
    try {
      for (Consignment consignment : consignments) {
        long early = dueMillis.applyAsLong(consignment) - clock.now().wall().millis();
        if (run.isOverWithin(early)) {
          return;
        }
        send(consignment);
      }
    } catch (IOException e) {
      run.trouble.report("sending failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Consignment what) throws IOException {
    DtnTime at = clock.now().wall();
    try (SeededPayload payload = new SeededPayload(what.size(), what.seed())) {
      String bundle = api.submit(what, payload);
      ledger.sent(bundle, what, payload.sha256(), at);
    }
  }
}
