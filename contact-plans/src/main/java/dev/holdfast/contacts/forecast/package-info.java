/**
 * What a plan comes to under traffic: which bundles find no room, which contacts fill and which
 * stores overflow, and when. Bundles are routed and booked one after another as nodes do it (CCSDS
 * 734.3-B-1 §3.2.8), all by one hand: real nodes know less of each other, so this is the better end
 * of what can happen.
 *
 * <p>No I/O. Depends on {@code contacts} and its {@code format}, {@code route} and {@code yaml}.
 * One thread.
 */
@NullMarked
package dev.holdfast.contacts.forecast;

import org.jspecify.annotations.NullMarked;
