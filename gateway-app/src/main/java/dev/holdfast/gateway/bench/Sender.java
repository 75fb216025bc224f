package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.gateway.clock.GatewayClock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The neighbour that puts the gateway under load, a job at a time. Used by one thread. */
final class Sender implements AutoCloseable {
  private static final long CONNECT_SECONDS = 10;
  private static final int LATENCIES_MAX = 1 << 20;

  private final GatewayClock clock;
  private final TcpclPeer peer;
  private final CompletableFuture<Boolean> up = new CompletableFuture<>();
  private final AtomicReference<Optional<Job>> job = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<String>> down = new AtomicReference<>(Optional.empty());
  private long tokens;

  /** Connects to the gateway and waits for the session. */
  Sender(GatewayClock clock, BenchGateway gateway, long node) {
    this.clock = clock;
    this.peer =
        new TcpclPeer(
            clock,
            gateway.connect(),
            TcpclParameters.Role.ACTIVE,
            NodeId.ipn(node),
            this::next,
            this::on);
    peer.start();
    await(up, CONNECT_SECONDS, "the session with the gateway");
  }

  /** What ends a bundle's way. */
  enum Until {
    /** The gateway's final acknowledgement. */
    ACKNOWLEDGED,
    /** A bundle that the gateway sends back. */
    ANSWERED
  }

  /**
   * What came of a job.
   *
   * @param seconds from the first bundle given to the last one settled
   * @param millis how long each took
   */
  record Done(double seconds, Samples millis) {}

  /**
   * Sends bundles and waits until the last is settled.
   *
   * @param count how many
   * @param window how many at a time
   * @param limitSeconds when to give up
   * @param cargo makes each, on the sender's thread
   */
  Done run(int count, int window, long limitSeconds, Until until, Supplier<? extends Cargo> cargo) {
    var now = new Job(count, until, tokens, cargo);
    job.set(Optional.of(now));
    down.get().ifPresent(now::fail);
    peer.window(window);
    Done done = await(now.done, limitSeconds, count + " bundles");
    job.set(Optional.empty());
    tokens += count;
    return done;
  }

  @Override
  public void close() {
    peer.close();
  }

  private Optional<Cargo> next() {
    return job.get().flatMap(now -> now.next(clock));
  }

  private void on(PeerEvent event) {
    switch (event) {
      case PeerEvent.Up _ -> up.complete(true);
      case PeerEvent.Acked acked ->
          job.get().ifPresent(now -> now.acked(acked.token(), acked.nanos()));
      case PeerEvent.Arrived arrived -> job.get().ifPresent(now -> now.answered(arrived.nanos()));
      case PeerEvent.Failed failed -> job.get().ifPresent(now -> now.fail(failed.why()));
      case PeerEvent.Down over -> {
        down.set(Optional.of(over.why()));
        up.completeExceptionally(new BenchException(over.why()));
        job.get().ifPresent(now -> now.fail(over.why()));
      }
      case PeerEvent.Piece _ -> {}
    }
  }

  private static <T> T await(CompletableFuture<T> future, long seconds, String what) {
    try {
      return future.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String why = cause == null ? e.toString() : String.valueOf(cause.getMessage());
      throw new BenchException(what + " failed: " + why, e);
    } catch (TimeoutException e) {
      throw new BenchException(what + " took more than " + seconds + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException(what + " was interrupted", e);
    }
  }

  /** Bundles to be sent; everything but the waiting happens on the peer's thread. */
  private static final class Job {
    private final int count;
    private final Until until;
    private final long firstToken;
    private final Supplier<? extends Cargo> cargo;
    private final long[] started;
    private final Samples millis = new Samples(LATENCIES_MAX);
    private final CompletableFuture<Done> done = new CompletableFuture<>();
    private int given;
    private int settled;

    Job(int count, Until until, long firstToken, Supplier<? extends Cargo> cargo) {
      this.count = count;
      this.until = until;
      this.firstToken = firstToken;
      this.cargo = cargo;
      this.started = new long[count];
    }

    Optional<Cargo> next(GatewayClock clock) {
      boolean mustWait = until == Until.ANSWERED && given > settled;
      if (given == count || mustWait) {
        return Optional.empty();
      }
      Cargo made = cargo.get();
      started[given++] = clock.now().bootNanos();
      return Optional.of(made);
    }

    void acked(long token, long nanos) {
      int index = (int) (token - firstToken);
      if (until == Until.ACKNOWLEDGED && index >= 0 && index < given) {
        settle(index, nanos);
      }
    }

    void answered(long nanos) {
      if (until == Until.ANSWERED && settled < given) {
        settle(settled, nanos);
      }
    }

    void fail(String why) {
      done.completeExceptionally(new BenchException(why));
    }

    private void settle(int index, long nanos) {
      millis.add((nanos - started[index]) / 1e6);
      if (++settled == count) {
        done.complete(new Done((nanos - started[0]) / 1e9, millis));
      }
    }
  }
}
