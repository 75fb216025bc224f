package dev.holdfast.crdt;

/** Which type a store is of. Part of a field's name in a map, so that types never have to merge. */
public enum Kind {
  /** {@link MvRegister}. */
  REGISTER,
  /** {@link OrMap}. */
  MAP,
  /** {@link OrSet}. */
  SET,
  /** {@link PnCounter}. */
  COUNTER,
  /** {@link BoundedCounter}. */
  STOCK,
  /** {@link Blob}. */
  BLOB,
  /** {@link CrdtList}. */
  LIST
}
