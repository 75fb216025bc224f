package dev.holdfast.gateway.link.mtcp;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.mtcp.MtcpPart;
import dev.holdfast.bpv7.mtcp.MtcpReader;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.stream.BundleReception;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.Listener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes MTCP connections and hands on the bundles that come by them; nobody says who he is, and
 * nobody is told what became of a bundle. Steps 1 and 2 of 9.
 */
public final class MtcpDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MtcpDoor.class);
  private static final int READ_BYTES = 64 << 10;

  private final Settings settings;
  private final LinkServices services;
  private final Listener listener;

  /**
   * Where neighbours may connect.
   *
   * @param id the name under which bundles arrive
   * @param host address to listen on
   * @param port 0..65535; 0 lets the system choose
   * @param most most connections at a time
   * @param bundleMru longest bundle taken, in bytes
   * @param reading how bundles are read
   */
  public record Settings(
      LinkId id, String host, int port, int most, long bundleMru, ReadOptions reading) {}

  private MtcpDoor(Settings settings, LinkServices services, Listener listener) {
    this.settings = settings;
    this.services = services;
    this.listener = listener;
  }

  /**
   * Binds the address; nothing is taken before {@link #start}.
   *
   * @throws IOException if the address cannot be bound
   */
  public static MtcpDoor bind(Settings settings, LinkServices services) throws IOException {
    Listener listener = Listener.bind(settings.host(), settings.port(), settings.most());
    return new MtcpDoor(settings, services, listener);
  }

  /** The port that it listens on. */
  public int port() {
    return listener.port();
  }

  /** Takes connections from now on. */
  public void start() {
    listener.start(
        services,
        channel -> {
          Thread _ = services.start("mtcp read " + settings.id(), () -> new Visit(channel).run());
        });
  }

  /** Takes no more connections; those that are there go on until the other side ends them. */
  @Override
  public void close() {
    listener.close();
  }

  /** One connection. */
  private final class Visit {
    private final SocketChannel channel;
    private final MtcpReader reader = new MtcpReader(settings.bundleMru());
    private final long session = services.nextSession();
    private long transfers;
    private boolean readable = true;

    /** The bundle that is coming in; empty between two, and while what is no bundle goes by. */
    private Optional<BundleReception> coming = Optional.empty();

    Visit(SocketChannel channel) {
      this.channel = channel;
    }

    void run() {
      ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
      try (channel) {
        while (readable && channel.read(buffer) >= 0) {
          buffer.flip();
          reader.on(Octets.copyOf(buffer)).forEach(this::take);
          buffer.clear();
        }
      } catch (IOException e) {
        LOG.debug("an MTCP connection has ended: {}", e.getMessage());
      } finally {
        coming.ifPresent(BundleReception::abort);
        listener.leave();
      }
    }

    private void take(MtcpPart part) {
      switch (part) {
        case MtcpPart.BundleStarted _ -> {
          Inbound inbound = new Inbound(settings.id(), session, transfers++);
          coming =
              Optional.of(
                  new BundleReception(services, inbound, settings.reading(), MtcpDoor::noRoom));
        }
        case MtcpPart.BundleData(Octets octets) ->
            coming = coming.filter(reception -> reception.take(octets).isEmpty());
        case MtcpPart.BundleEnded _ -> {
          Optional<Fault> _ = coming.flatMap(BundleReception::end);
          coming = Optional.empty();
        }
        case MtcpPart.Keepalive _ -> {}
        case MtcpPart.Unreadable(Fault fault) -> {
          readable = false;
          services.sink().offer(new LinkEvent.Malformed(settings.id(), fault));
        }
      }
    }
  }

  private static void noRoom(Inbound inbound) {
    LOG.atWarn()
        .addKeyValue("event", "mtcp-no-room")
        .addKeyValue("link", inbound.link().name())
        .log("a bundle is lost: the store has no room, and MTCP cannot say so");
  }
}
