/**
 * What a gateway holds and owes: the {@link dev.holdfast.custody.BundleStore} port, the changes
 * that go into it, and the memory of bundles that were here (RFC 9171 §5).
 *
 * <p>The values are pure. A store's writes come from one thread only; its reads may come from any
 * platform thread.
 */
@NullMarked
package dev.holdfast.custody;

import org.jspecify.annotations.NullMarked;
