package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.tcpcl.Leniency;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.stream.Dialer;
import dev.holdfast.gateway.link.stream.Site;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Links and doors between {@link Site}s on loopback. */
final class Neighbours {
  private Neighbours() {}

  static TcpclLinkSettings settings(Site here, Site there, Optional<Dialer> dial, boolean urgent) {
    return new TcpclLinkSettings(
        new LinkId("to-" + there.node),
        here.node,
        there.node,
        dial,
        EnumSet.noneOf(Leniency.class),
        ReadOptions.STRICT,
        urgent,
        10,
        TcpclLimits.DEFAULT,
        20,
        200);
  }

  static TcpclLink dialling(Site here, Site there, int port, boolean urgent) {
    return here.keep(
        new TcpclLink(settings(here, there, Optional.of(dialer(port)), urgent), here.services));
  }

  static TcpclLink waiting(Site here, Site there, boolean urgent) {
    return here.keep(new TcpclLink(settings(here, there, Optional.empty(), urgent), here.services));
  }

  static Dialer dialer(int port) {
    return new Dialer("127.0.0.1", port, 2000);
  }

  static TcpclDoor door(Site here, int port, List<TcpclLink> links) {
    try {
      TcpclDoorSettings settings =
          new TcpclDoorSettings("127.0.0.1", port, here.node, 16, Optional.empty());
      TcpclDoor door =
          here.keep(TcpclDoor.bind(settings, here.services, links, link -> {}, link -> {}));
      door.start();
      return door;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static void open(Link link) {
    link.open(new Link.OpenOrder(0));
  }
}
