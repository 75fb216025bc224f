package dev.holdfast.bpv7.tcpcl;

/** A bundle on its way out. */
final class Outgoing {
  final long token;
  final long length;
  final OctetsQueue ready = new OctetsQueue();

  long id;

  /** Bytes asked for and given, including {@link #ready}. */
  long gathered;

  /** Bytes put into segments. */
  long sent;

  /** Bytes that the peer has acknowledged. */
  long acked;

  /** Where in the connection's bytes its last segment ends. */
  long endsAt;

  /** Bytes asked for and not given yet; 0 if none are. */
  int asked;

  Outgoing(TcpclInput.Send send) {
    this.token = send.token();
    this.length = send.length();
    send.first().forEach(ready::add);
    this.gathered = ready.size();
    if (length < 1 || gathered > length) {
      throw new IllegalArgumentException(gathered + " bytes given of a bundle of " + length);
    }
  }
}
