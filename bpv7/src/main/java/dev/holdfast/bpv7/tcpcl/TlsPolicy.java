package dev.holdfast.bpv7.tcpcl;

/** Whether a session is secured by TLS; decides before SESS_INIT (RFC 9174 §4.3). */
public enum TlsPolicy {
  /** CAN_TLS is not set: sessions are in the clear. */
  NEVER,
  /** TLS if the peer can, in the clear if it cannot. */
  ALLOW,
  /** A peer that cannot is told "Contact Failure". */
  REQUIRE
}
