/**
 * Scenarios and traces over real gateways in virtual time, against what others have published, and
 * captures of live exchanges against what was live, also over sockets.
 */
@NullMarked
package dev.holdfast.it.replay;

import org.jspecify.annotations.NullMarked;
