package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;

/**
 * One contact of a route and when the bundle uses it, to the millisecond after.
 *
 * @param contact the contact
 * @param firstByte when the first byte leaves
 * @param lastByte when the last byte has left, not after the contact's end
 * @param arrival when the last byte is at the receiver, margin included
 */
public record Hop(Contact contact, DtnTime firstByte, DtnTime lastByte, DtnTime arrival) {}
