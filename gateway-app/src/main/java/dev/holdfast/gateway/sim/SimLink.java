package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.Link;

/** One end of a link in a world. */
public interface SimLink extends Link {
  /** The process behind it is gone, without a word to the other end. */
  void crash();

  /** The session breaks, as a reset of the connection does; the medium stays as it is. */
  void reset();

  /** Sends these bytes as if they were a bundle, or a part of the stream, whatever they are. */
  void inject(Octets bytes);
}
