/**
 * Durability, shown four ways: a system-call trace, a store that withholds its commit, a loop that
 * speaks before it writes and is caught, and gateways killed again and again under load.
 */
@NullMarked
package dev.holdfast.it.crash;

import org.jspecify.annotations.NullMarked;
