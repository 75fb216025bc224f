package dev.holdfast.bpv7.tcpcl;

/** Where a session stands (RFC 9174 §3.3). */
enum State {
  UNCONNECTED,
  CONTACT,
  TLS,
  SESSION_INIT,
  ADMISSION,
  ESTABLISHED,
  ENDING,
  TERMINATED
}
