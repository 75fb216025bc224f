/**
 * The {@code holdfast} command: what all of its subcommands share, and those that are clients of a
 * running gateway.
 *
 * <p>Exit codes: 0 done; 1 the operation failed; 2 unusable arguments, configuration or input.
 * Errors are one line on standard error: what, where, how to mend it. Results go to standard
 * output, as text for people or, with {@code --json}, as one JSON document or JSON lines. One
 * thread, the main one, unless a command says otherwise.
 */
@NullMarked
package dev.holdfast.gateway.cli;

import org.jspecify.annotations.NullMarked;
