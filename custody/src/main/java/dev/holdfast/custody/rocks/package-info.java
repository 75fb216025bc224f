/**
 * The bundle store of a gateway: metadata and small payloads in RocksDB, large payloads in files
 * beside it, so that what is large never rides in the log that small bundles sync (DESIGN §2).
 *
 * <p>Commits come from the node's one writer thread, reads from any platform thread; native code
 * pins a virtual thread, so those are refused. A thread of its own frees the space of large
 * payloads that are gone. The only package that knows {@code org.rocksdb}.
 */
@NullMarked
package dev.holdfast.custody.rocks;

import org.jspecify.annotations.NullMarked;
