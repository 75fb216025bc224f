/**
 * The bundle store of simulations: everything in memory, deterministic, with switches for a crash,
 * a full disk and a failing one.
 *
 * <p>Keeps the contract of {@link dev.holdfast.custody.BundleStore}. Any thread. Depends on {@code
 * custody} and {@code bpv7} only.
 */
@NullMarked
package dev.holdfast.custody.memory;

import org.jspecify.annotations.NullMarked;
