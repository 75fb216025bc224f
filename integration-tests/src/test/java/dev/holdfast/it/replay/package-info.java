/** Scenarios and traces over real gateways in virtual time, against what others have published. */
@NullMarked
package dev.holdfast.it.replay;

import org.jspecify.annotations.NullMarked;
