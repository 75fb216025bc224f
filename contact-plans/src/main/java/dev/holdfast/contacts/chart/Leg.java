package dev.holdfast.contacts.chart;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.route.Hop;

/**
 * A hop of the highlighted route.
 *
 * @param row the index of its row
 * @param ready since when the bundle is at the sender
 * @param hop the contact and when the bundle uses it
 */
record Leg(int row, DtnTime ready, Hop hop) {}
