package dev.holdfast.crdt.replica;

import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.SetSum;

/**
 * Cells of a state and of what proves it, for who can ask for nothing.
 *
 * @param whole of all entries
 * @param names cells of their names
 * @param chunks in how many chunks what proves them is cut
 * @param contents cells of these
 */
public record Cast(SetSum whole, Cells names, long chunks, ContentCells contents) {}
