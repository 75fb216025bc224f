/**
 * Contact plans as pictures: time from left to right, a row for each pair of nodes, a bar for each
 * contact, the route of a bundle across them.
 *
 * <p>The layout comes first, as values ({@link Chart}), then one of two printers: SVG for a page,
 * text for a terminal. A picture is bounded whatever the plan: rows beyond a limit are left out,
 * contacts too narrow to be seen one by one are joined into bars of their density, and both are
 * told. The same query gives the same characters.
 *
 * <p>Pure: no I/O, no clock, no thread. Depends on {@code contacts}, {@code contacts.format} for
 * the words of times and amounts, {@code contacts.route} for routes.
 */
@NullMarked
package dev.holdfast.contacts.chart;

import org.jspecify.annotations.NullMarked;
