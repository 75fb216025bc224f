package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.replica.ClassId;

/** A message to be sent. What comes of it at the other side is {@link Received}. */
public sealed interface SyncMessage permits SelfCertified, Signed {
  /** Of which class: it holds nothing of any other. */
  ClassId exportClass();

  /** What it is. */
  MessageKind kind();
}
