/**
 * Plans from orbits: who can see whom, when, from how far away.
 *
 * <p>Positions are kilometres along the axes of EME2000, about the centre of the body that a place
 * belongs to; times are seconds of UTC after the start of the plan. {@code Motion} says where a
 * place is, {@code Sight} whether two of them can hear each other, {@code Sweep} finds the windows
 * in which they can, {@code ContactCutter} makes contacts of windows. Each stands alone and is
 * tested alone.
 *
 * <p>Orekit gives what the Earth and its satellites do (TLE, zonal harmonics, the Earth's
 * rotation), through a data context of our own that needs no data files; the Moon, Mars and the
 * planets' orbits are small series of our own. How good they are is told in {@code docs/orbits.md}.
 *
 * <p>Pure: text and values in, a plan out; no file, no thread, no clock. Only the command {@code
 * plan generate} needs this package; a running gateway never loads it.
 */
@NullMarked
package dev.holdfast.contacts.orbit;

import org.jspecify.annotations.NullMarked;
