/**
 * The UDP convergence layer of ION and others: one bundle in each datagram, with nothing around it.
 *
 * <p>Who sent a bundle is not known, and nobody confirms: what arrives may be lost on the way.
 */
@NullMarked
package dev.holdfast.gateway.link.udpcl;

import org.jspecify.annotations.NullMarked;
