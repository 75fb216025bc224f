/**
 * What the gateway writes about its run, to standard error: text for people, JSON lines for
 * machines.
 *
 * <p>The keys {@code event}, {@code link}, {@code bundle} and {@code contact} mean the same
 * everywhere. Any thread.
 */
@NullMarked
package dev.holdfast.gateway.log;

import org.jspecify.annotations.NullMarked;
