package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Range;

/**
 * A range as a file declares it.
 *
 * @param range the range
 * @param position where it stands
 */
record DeclaredRange(Range range, Position position) {}
