package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.turn.LinkSettings;
import java.util.List;

/** One end of a link in a world. */
public interface SimLink extends Link {
  /** The process behind it is gone, without a word to the other end. */
  void crash();

  /** The session breaks, as a reset of the connection does; the medium stays as it is. */
  void reset();

  /** Sends these bytes as if they were a bundle, or a part of the stream, whatever they are. */
  void inject(Octets bytes);

  /**
   * Opens without being told unless it is configured, as a listening gateway accepts whoever comes.
   */
  default void listenUnlessOneOf(List<LinkSettings> configured) {
    if (configured.stream().noneMatch(settings -> settings.link().equals(id()))) {
      open(new Link.OpenOrder(0));
    }
  }
}
