package dev.holdfast.bpv7.tcpcl;

/** Why a transfer is refused (RFC 9174 §5.2.4). */
public enum XferRefuseReason {
  /** No reason is given, or one that is not known here. */
  UNKNOWN(0),
  /** The receiver has the whole bundle already. */
  COMPLETED(1),
  /** The receiver has no room; smaller pieces may fit. */
  NO_RESOURCES(2),
  /** The receiver needs the bundle once more from the start. */
  RETRANSMIT(3),
  /** Something is wrong with the bundle or the transfer; the same again will not help. */
  NOT_ACCEPTABLE(4),
  /** A transfer extension item could not be processed. */
  EXTENSION_FAILURE(5),
  /** The session is ending; another session may take it. */
  SESSION_TERMINATING(6);

  private static final XferRefuseReason[] ALL = values();

  private final int code;

  XferRefuseReason(int code) {
    this.code = code;
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }

  /** The reason of that code; codes without a meaning are {@link #UNKNOWN}. */
  static XferRefuseReason of(int code) {
    for (XferRefuseReason reason : ALL) {
      if (reason.code == code) {
        return reason;
      }
    }
    return UNKNOWN;
  }
}
