/** The same seed gives the same bytes, whatever JVM runs it. */
@NullMarked
package dev.holdfast.it.determinism;

import org.jspecify.annotations.NullMarked;
