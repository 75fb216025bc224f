package dev.holdfast.contacts.format;

/**
 * A place in a plan file.
 *
 * @param line from 1
 * @param column from 1
 */
record Position(int line, int column) {}
