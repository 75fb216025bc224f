/**
 * What nodes know of each other when they meet unplanned: which bundles a neighbour has, whom it is
 * likely to meet, and how that is written. Values and their arithmetic; the procedures decide.
 */
@NullMarked
package dev.holdfast.gateway.opportunistic;

import org.jspecify.annotations.NullMarked;
