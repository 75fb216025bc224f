/**
 * What people look at after a run: one page that needs nothing beside it, and the same as JSON.
 *
 * <p>Both follow from the values of {@code gateway.replay} alone; of two runs that came to the same
 * they differ in the speed at most. The page is made of the files in the resources of this package,
 * the JSON is told field by field in {@code docs/replay-report.md}. Depends on {@code
 * gateway.replay} and on bundle terms. On the thread that calls.
 */
@NullMarked
package dev.holdfast.gateway.replay.report;

import org.jspecify.annotations.NullMarked;
