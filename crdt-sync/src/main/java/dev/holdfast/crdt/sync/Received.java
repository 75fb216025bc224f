package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.replica.ClassId;

/** A message that came: well formed, and nothing of it verified. */
public sealed interface Received permits SelfCertified, Unverified {
  /** Of which class. */
  ClassId exportClass();

  /** What it is. */
  MessageKind kind();
}
