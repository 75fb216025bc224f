package dev.holdfast.crdt.sync;

import java.util.List;
import java.util.Optional;

/** What a message is, which its bundle's lifetime and class follow from. */
public enum MessageKind {
  /** Blocks. */
  DELTA(1, false),
  /** How far a region is. */
  FRONTIER(2, true),
  /** Cells from which differences are found. */
  SKETCH(3, true),
  /** A part of a state. */
  SNAPSHOT(4, true),
  /** What a region asks for. */
  REQUEST(5, true),
  /** Cells from which what is lacking is found, content and all. */
  SIDECAST(6, true),
  /** Which keys sign. */
  KEY(10, false),
  /** That a writer has forked a stream. */
  PROOF(11, false);

  private static final List<MessageKind> ALL = List.of(values());

  private final int code;
  private final boolean signed;

  MessageKind(int code, boolean signed) {
    this.code = code;
    this.signed = signed;
  }

  /** The number that stands for it in messages. */
  int code() {
    return code;
  }

  /** Whether the region that sends it signs it; else what it carries speaks for itself. */
  public boolean isSigned() {
    return signed;
  }

  /** The kind with that number. */
  static Optional<MessageKind> of(int code) {
    return ALL.stream().filter(it -> it.code == code).findFirst();
  }
}
