package dev.holdfast.gateway.replay.live;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.tcpcl.Leniency;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import dev.holdfast.contacts.trace.capture.CaptureLayer;
import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.mtcp.MtcpDoor;
import dev.holdfast.gateway.link.mtcp.MtcpLink;
import dev.holdfast.gateway.link.mtcp.MtcpLinkSettings;
import dev.holdfast.gateway.link.stream.Dialer;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.tcpcl.TcpclDoor;
import dev.holdfast.gateway.link.tcpcl.TcpclDoorSettings;
import dev.holdfast.gateway.link.tcpcl.TcpclLink;
import dev.holdfast.gateway.link.tcpcl.TcpclLinkSettings;
import dev.holdfast.gateway.link.udpcl.UdpclLink;
import dev.holdfast.gateway.replay.BadInputException;
import dev.holdfast.gateway.replay.CapturedGateway;
import dev.holdfast.gateway.replay.CapturedGateway.Passage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The links and listeners by which the neighbours of a capture reach a gateway. */
final class LiveWays implements AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int KEEPALIVE_SECONDS = 15;
  private static final long BACK_OFF_FIRST_MILLIS = 50;
  private static final long BACK_OFF_MAX_MILLIS = 1_000;
  private static final int CONNECTIONS = 16;

  private final CapturedGateway capture;
  private final LiveSettings settings;
  private final LinkServices services;
  private final Map<String, CaptureLayer> layers = new TreeMap<>();
  private final Map<String, Link> links = new TreeMap<>();
  private final List<AutoCloseable> doors = new ArrayList<>();
  private final List<Runnable> starts = new ArrayList<>();

  /**
   * Links that are not open, listeners that are bound.
   *
   * @throws BadInputException if there is no way to a neighbour
   */
  LiveWays(CapturedGateway capture, LiveSettings settings, LinkServices services) {
    this.capture = capture;
    this.settings = settings;
    this.services = services;
    capture.neighbours().forEach(name -> layers.put(name, layer(name)));
    checkListened();
    checkConnected();
    try {
      layers.forEach(this::add);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** By what a neighbour speaks: what it sends by, else what is sent to it by. */
  private CaptureLayer layer(String name) {
    Set<CaptureLayer> sends = EnumSet.noneOf(CaptureLayer.class);
    Set<CaptureLayer> gets = EnumSet.noneOf(CaptureLayer.class);
    for (Passage passage : capture.passages()) {
      if (passage.neighbour().equals(name) && passage.read() instanceof Decoded.Valid<Bundle> _) {
        (passage.toGateway() ? sends : gets).add(passage.layer());
      }
    }
    if (sends.size() > 1) {
      throw refused(
          "neighbour "
              + name
              + " sends by several convergence layers, "
              + words(sends)
              + "; choose one with --layer");
    }
    Set<CaptureLayer> speaks = sends.isEmpty() ? gets : sends;
    // Only a session of TCPCL can be seen before a bundle is.
    return speaks.stream().findFirst().orElse(CaptureLayer.TCPCL);
  }

  private void checkListened() {
    for (String name : settings.listen().keySet()) {
      if (!layers.containsKey(name)) {
        throw refused(
            "--listen: '"
                + name
                + "' is no neighbour of "
                + capture.name()
                + "; there are "
                + layers.keySet());
      }
    }
  }

  /** One address cannot be the gateway's for two layers. */
  private void checkConnected() {
    Set<CaptureLayer> dialled = EnumSet.noneOf(CaptureLayer.class);
    layers.forEach(
        (name, layer) -> {
          boolean comes = layer == CaptureLayer.TCPCL && settings.listen().containsKey(name);
          if (!comes && !isSilent(name, layer)) {
            dialled.add(layer);
          }
        });
    if (settings.connect().isPresent() && dialled.size() > 1) {
      throw refused(
          "the neighbours speak several convergence layers, "
              + words(dialled)
              + ", and --connect is one address; choose one with --layer");
    }
  }

  /** Whether nothing has to be opened towards the gateway for that neighbour. */
  private boolean isSilent(String name, CaptureLayer layer) {
    return layer != CaptureLayer.TCPCL
        && capture.passages().stream()
            .noneMatch(passage -> passage.toGateway() && passage.neighbour().equals(name));
  }

  private static String words(Set<CaptureLayer> layers) {
    return String.join(
        " and ", layers.stream().map(l -> l.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static BadInputException refused(String why) {
    return new BadInputException(List.of(why));
  }

  private void add(String name, CaptureLayer layer) {
    LinkId id = new LinkId(name);
    Optional<HostPort> listen = Optional.ofNullable(settings.listen().get(name));
    if (isSilent(name, layer) && listen.isEmpty()) {
      return; // Nothing is sent to the gateway, and it cannot come.
    }
    switch (layer) {
      case TCPCL -> links.put(name, tcpcl(name, id, listen));
      case MTCP -> {
        Dialer dial = dialer(isSilent(name, layer) ? listen.orElseThrow() : connect(name));
        links.put(
            name,
            new MtcpLink(
                new MtcpLinkSettings(id, dial, BACK_OFF_FIRST_MILLIS, BACK_OFF_MAX_MILLIS),
                services));
        listen.ifPresent(at -> listen(id, at));
      }
      case UDPCL -> {
        if (listen.isPresent()) {
          throw refused("--listen: neighbour " + name + " speaks UDP, which is not listened to");
        }
        HostPort to = connect(name);
        links.put(name, new UdpclLink(id, to.host(), to.port(), services));
      }
      case GUESS -> throw new IllegalStateException("a layer is known when a bundle is");
    }
  }

  private HostPort connect(String name) {
    return settings
        .connect()
        .orElseThrow(
            () ->
                refused(
                    "neighbour "
                        + name
                        + " has no way to the gateway: give --connect HOST:PORT, or --listen "
                        + name
                        + "=HOST:PORT"));
  }

  private Link tcpcl(String name, LinkId id, Optional<HostPort> listen) {
    Optional<Dialer> dial =
        listen.isPresent() ? Optional.empty() : Optional.of(dialer(connect(name)));
    Set<Leniency> leniencies =
        EnumSet.of(Leniency.TRANSFER_MRU_IS_A_WISH, Leniency.FOREIGN_TRANSFER_LENGTH);
    TcpclLink link =
        new TcpclLink(
            new TcpclLinkSettings(
                id,
                capture.id(name),
                capture.id(capture.name()),
                dial,
                leniencies,
                capture.reading(),
                false,
                KEEPALIVE_SECONDS,
                TcpclLimits.DEFAULT,
                BACK_OFF_FIRST_MILLIS,
                BACK_OFF_MAX_MILLIS),
            services);
    listen.ifPresent(at -> listen(name, link, at));
    return link;
  }

  private static Dialer dialer(HostPort to) {
    return new Dialer(to.host(), to.port(), CONNECT_MILLIS);
  }

  private void listen(String name, TcpclLink link, HostPort at) {
    try {
      TcpclDoor door =
          TcpclDoor.bind(
              new TcpclDoorSettings(
                  at.host(), at.port(), capture.id(name), CONNECTIONS, Optional.empty()),
              services,
              List.of(link),
              _ -> {},
              _ -> {});
      doors.add(door);
      starts.add(door::start);
    } catch (IOException e) {
      throw refused("--listen: " + e.getMessage() + "; name another address");
    }
  }

  private void listen(LinkId id, HostPort at) {
    try {
      MtcpDoor door =
          MtcpDoor.bind(
              new MtcpDoor.Settings(
                  id,
                  at.host(),
                  at.port(),
                  CONNECTIONS,
                  TcpclLimits.DEFAULT.transferMru(),
                  capture.reading()),
              services);
      doors.add(door);
      starts.add(door::start);
    } catch (IOException e) {
      throw refused("--listen: " + e.getMessage() + "; name another address");
    }
  }

  /** The link of each neighbour, by its name. */
  Map<String, Link> links() {
    return links;
  }

  /** Whether a neighbour's sessions carry bundles both ways. */
  boolean goesBothWays(String name) {
    return layers.get(name) == CaptureLayer.TCPCL;
  }

  /** The neighbours that get what the gateway sends to them. */
  Set<String> heard() {
    Set<String> heard = new TreeSet<>(settings.listen().keySet());
    layers.keySet().stream().filter(this::goesBothWays).forEach(heard::add);
    return heard;
  }

  /** The gateway may come from now on. */
  void start() {
    starts.forEach(Runnable::run);
  }

  @Override
  public void close() {
    links.values().forEach(Link::close);
    for (AutoCloseable door : doors) {
      try {
        door.close();
      } catch (Exception e) {
        throw new IllegalStateException("closing a listener", e);
      }
    }
  }
}
