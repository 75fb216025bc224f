/**
 * Routes over a contact plan: the best route of CCSDS 734.3-B-1 (SABR) §3.2.8.1.4, exact for one
 * bundle of a given size, with what other bundles have booked taken out.
 *
 * <p>Decisions of ours where SABR leaves room: a contact's end is strict; the light-time margin
 * (§2.4.2) is a setting and zero unless set; the plan is searched for each query, without a list of
 * computed routes. Confidence is carried in the plan but not weighed.
 *
 * <p>Pure: no I/O, no clock, no thread of its own. Depends on {@code contacts} and {@code bpv7}.
 * {@link EarliestArrival} reuses its working memory, so each belongs to one thread.
 */
@NullMarked
package dev.holdfast.contacts.route;

import org.jspecify.annotations.NullMarked;
