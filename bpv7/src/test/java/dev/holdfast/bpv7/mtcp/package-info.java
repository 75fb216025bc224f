/** MTCP streams, whole and cut, good and hostile. */
@NullMarked
package dev.holdfast.bpv7.mtcp;

import org.jspecify.annotations.NullMarked;
