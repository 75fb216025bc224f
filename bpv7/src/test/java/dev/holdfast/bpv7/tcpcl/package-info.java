/** Sessions as lists in and lists out: transcripts, pairs of sessions, hostile bytes. */
@NullMarked
package dev.holdfast.bpv7.tcpcl;

import org.jspecify.annotations.NullMarked;
