package dev.holdfast.crdt;

/**
 * What stands in a map: a name, and of which type. Two regions that put different types under one
 * name make two fields, so that neither is lost and nothing has to be merged that cannot be.
 *
 * @param name any text; how long is limited by {@link CrdtLimits#nameBytes}
 * @param kind the type
 */
public record Field(String name, Kind kind) implements Comparable<Field> {
  /** By name as UTF-16, then by kind. */
  @Override
  public int compareTo(Field other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : kind.compareTo(other.kind);
  }
}
