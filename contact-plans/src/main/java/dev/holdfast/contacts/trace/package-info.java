/**
 * Link traces: what happened, or is to happen, on directed links, one event after the other.
 *
 * <p>A {@link LinkTrace} is read from a stream that the caller opened and is never held as a whole:
 * ten million events need no more memory than ten. Text formats are {@link LinkTraceText} (ours,
 * also printed), {@link OneEvents}, {@link Mahimahi} and {@link ContactCsv}; {@link PlanTrace}
 * turns a contact plan into the trace of links that keep it. Captures are read in the package
 * {@code capture} below this one.
 *
 * <p>What a file says wrong ends its reading with a {@link BadTraceException}: file, line, what,
 * and how to mend it. What was left out or read otherwise than written is told by {@link
 * LinkTrace#findings()}.
 *
 * <p>Pure: bytes in, values out; opens no file, reads no clock, starts no thread. Depends on {@code
 * contacts}, {@code contacts.format} and {@code bpv7}. A trace belongs to one thread.
 */
@NullMarked
package dev.holdfast.contacts.trace;

import org.jspecify.annotations.NullMarked;
