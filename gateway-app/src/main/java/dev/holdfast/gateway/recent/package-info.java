/** What happened lately, kept for those who ask later. Any thread; depends on nothing. */
@NullMarked
package dev.holdfast.gateway.recent;

import org.jspecify.annotations.NullMarked;
