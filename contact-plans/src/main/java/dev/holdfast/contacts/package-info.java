/**
 * When and through whom: the contact plan as a value, and what is booked on it.
 *
 * <p>The model follows CCSDS 734.3-B-1 (SABR) §2.3: contacts are directed windows with a mean rate
 * and a one-way light time; the contacts of one directed pair do not overlap. A contact can be used
 * at {@code t} iff {@code start <= t < end}.
 *
 * <p>Pure: no I/O, no clock, no randomness, no thread. Depends on {@code bpv7} for time only. Plans
 * are immutable and may be shared; {@link ContactVolume} and {@link Bookings} belong to one thread
 * (in the gateway: the node's writer).
 */
@NullMarked
package dev.holdfast.contacts;

import org.jspecify.annotations.NullMarked;
