package dev.holdfast.bpv7.tcpcl;

/** A departure from RFC 9174 that a peer is known for and that is put up with if configured. */
public enum Leniency {
  /**
   * Every XFER_SEGMENT has a Transfer Extension Length, not only the first of a transfer (§5.2.2):
   * read and written so. dtn7-go 0.9.1.
   */
  LENGTH_IN_EVERY_SEGMENT,
  /**
   * The peer takes longer transfers than the Transfer MRU that it announces (§4.6). dtn7-rs 0.21.0
   * announces 64000 bytes and takes any length.
   */
  TRANSFER_MRU_IS_A_WISH,
  /**
   * A transfer extension of type 1 that is not 8 bytes long is something else than the Transfer
   * Length (§5.2.5.1) and is passed over. dtn7-rs 0.21.0 puts a bundle id there.
   */
  FOREIGN_TRANSFER_LENGTH,
  /**
   * Segments of several transfers come mixed (§5.2.2). dtn7-go 0.9.1 writes each bundle from a
   * thread of its own.
   */
  INTERLEAVED_TRANSFERS
}
