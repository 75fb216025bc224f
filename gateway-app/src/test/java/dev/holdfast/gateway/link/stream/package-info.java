/** What links over TCP share, over real sockets and the memory store. */
@NullMarked
package dev.holdfast.gateway.link.stream;

import org.jspecify.annotations.NullMarked;
