/**
 * The benchmark suite behind {@code holdfast bench}: a real gateway process under load from a
 * TCPCLv4 peer in this process, each figure beside the floor that was measured in the same run.
 *
 * <p>The floors are what the machine can do without a gateway: the very batches of the run written
 * into RocksDB again, synced, and the same bytes over loopback TCP. Ratios to them travel from
 * machine to machine; absolute figures do not.
 *
 * <p>An edge: sockets, threads, files and child processes. Time comes from the clock port. May
 * depend on {@code bpv7}, {@code bpv7.tcpcl}, {@code custody.rocks} (to replay batches), {@code
 * gateway.clock} and {@code gateway.config}.
 */
@NullMarked
package dev.holdfast.gateway.bench;

import org.jspecify.annotations.NullMarked;
