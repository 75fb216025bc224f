/**
 * What links over TCP share: the metered way out, bundles on their way in and out of memory,
 * dialling, listening, and the platform threads on which payloads are read and written.
 *
 * <p>The edge: sockets and threads. Depends on the {@code gateway.link} port, {@code custody} and
 * {@code bpv7}; knows no convergence layer and nothing of the node. Blocking calls on virtual
 * threads, except that the store is only touched by the platform threads of {@link
 * dev.holdfast.gateway.link.stream.StoreThreads}.
 */
@NullMarked
package dev.holdfast.gateway.link.stream;

import org.jspecify.annotations.NullMarked;
