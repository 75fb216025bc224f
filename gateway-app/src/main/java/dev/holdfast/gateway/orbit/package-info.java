/**
 * The file that a plan is generated from: a YAML text with its places, read into the scenario that
 * {@code contacts.orbit} works out. Everything wrong is told with line and column.
 *
 * <p>Used by the command {@code plan generate} only; a running gateway reads plans and needs
 * neither this nor Orekit. One thread.
 */
@NullMarked
package dev.holdfast.gateway.orbit;

import org.jspecify.annotations.NullMarked;
