/** MTCP over loopback. */
@NullMarked
package dev.holdfast.gateway.link.mtcp;

import org.jspecify.annotations.NullMarked;
