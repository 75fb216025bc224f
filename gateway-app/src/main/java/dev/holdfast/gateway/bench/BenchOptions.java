package dev.holdfast.gateway.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * How the suite is run.
 *
 * @param suites which, in this order
 * @param directory where stores are made; on the disk that is to be measured
 * @param rounds how often everything is measured, 1 or more; medians are taken over them
 * @param seconds how long a round is about to take, 1 or more
 * @param warmUpSeconds how long a gateway is under load before its first round
 * @param gatewayHeap heap of the gateway as Java writes it, such as {@code 256m}
 * @param largeBytes payload length of the large bundle
 * @param twins how many the store of twins has, 100 or more
 * @param keep whether the stores stay
 */
public record BenchOptions(
    List<Suite> suites,
    Path directory,
    int rounds,
    int seconds,
    int warmUpSeconds,
    String gatewayHeap,
    long largeBytes,
    long twins,
    boolean keep) {

  /** What can be measured. */
  public enum Suite {
    /** Bundles a second over TCPCLv4 into the store, each acknowledged after its sync. */
    RECEPTION,
    /** Bundles a second in by TCPCLv4, stored, out by TCPCLv4. */
    THROUGH,
    /** Round trip to the echo endpoint over one hop. */
    PING,
    /** From the start of the process until it is ready; memory when idle. */
    START,
    /** One large bundle through a small heap. */
    LARGE,
    /** How long small bundles wait for their acknowledgement while a large one streams in. */
    MIXED,
    /** Networks in virtual time: events a second with every rule checked. */
    REPLAY,
    /** Twins written through a replica into a store, each batch durable, and read. */
    TWINS
  }

  /** Checks the ranges; keeps an unmodifiable copy of the list. */
  public BenchOptions {
    suites = List.copyOf(suites);
    if (rounds < 1 || seconds < 1 || warmUpSeconds < 0 || largeBytes < 1 || twins < 100) {
      throw new IllegalArgumentException(
          "rounds, seconds and large are 1 or more, warm-up 0 or more, twins 100 or more");
    }
  }
}
