package dev.holdfast.contacts.format;

/** What an ION contact means at a time for which no range is given. */
public enum MissingRange {
  /** It cannot be used then, as in ION; reported as a warning. */
  UNUSABLE,
  /** Its light time is zero then, as in DtnSim. */
  ZERO
}
