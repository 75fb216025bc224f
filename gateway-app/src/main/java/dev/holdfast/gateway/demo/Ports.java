package dev.holdfast.gateway.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/**
 * Free ports of this machine.
 *
 * @param relay where the relay listens for its neighbours
 * @param api where each gateway's API listens
 * @param dial where earth and mars reach the relay through their emulated links
 */
record Ports(int relay, EnumMap<Site, Integer> api, EnumMap<Site, Integer> dial) {
  /** Ports that nobody used just now. */
  static Ports free() throws IOException {
    List<ServerSocket> taken = new ArrayList<>();
    try {
      EnumMap<Site, Integer> api = new EnumMap<>(Site.class);
      EnumMap<Site, Integer> dial = new EnumMap<>(Site.class);
      for (Site site : Site.values()) {
        api.put(site, take(taken));
        dial.put(site, take(taken));
      }
      return new Ports(take(taken), api, dial);
    } finally {
      for (ServerSocket socket : taken) {
        socket.close();
      }
    }
  }

  private static int take(List<ServerSocket> taken) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    taken.add(socket);
    return socket.getLocalPort();
  }

  /** Where a gateway's API listens. */
  int apiOf(Site site) {
    return api.getOrDefault(site, 0);
  }

  /** Where a gateway dials to reach the relay. */
  int dialOf(Site site) {
    return dial.getOrDefault(site, 0);
  }
}
