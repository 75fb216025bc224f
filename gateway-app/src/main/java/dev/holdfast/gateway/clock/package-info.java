/** Time and randomness as data: the two ports through which they enter, and their system forms. */
@NullMarked
package dev.holdfast.gateway.clock;

import org.jspecify.annotations.NullMarked;
