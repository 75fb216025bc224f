package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/** A connection that nothing here understands: it is no link. */
final class UnknownTalk implements Talk {
  @Override
  public void on(int side, Octets octets) {}

  @Override
  public void end(int side, String why) {}
}
