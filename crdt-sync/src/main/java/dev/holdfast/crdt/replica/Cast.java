package dev.holdfast.crdt.replica;

import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.ContentCells;

/**
 * Cells of a state and of what proves it, for who can ask for nothing.
 *
 * @param entries how many entries there are
 * @param names cells of their names
 * @param chunks in how many chunks what proves them is cut
 * @param contents cells of these
 */
public record Cast(long entries, Cells names, long chunks, ContentCells contents) {}
