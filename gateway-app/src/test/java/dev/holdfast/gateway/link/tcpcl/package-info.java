/** TCPCLv4 links over loopback, against each other and against scripted peers. */
@NullMarked
package dev.holdfast.gateway.link.tcpcl;

import org.jspecify.annotations.NullMarked;
