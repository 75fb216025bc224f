package dev.holdfast.gateway.link.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes TCP connections on a virtual thread, at most so many at a time; those beyond are closed at
 * once.
 */
public final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  /** After a failure that may last, such as no file descriptor being left. */
  private static final long PAUSE_NANOS = 100_000_000L;

  private final ServerSocketChannel server;
  private final Semaphore places;

  private Listener(ServerSocketChannel server, int places) {
    this.server = server;
    this.places = new Semaphore(places);
  }

  /**
   * Binds an address.
   *
   * @param port 0..65535; 0 lets the system choose
   * @param most most connections at a time
   * @throws IOException if it cannot be bound: in use, not ours, not allowed
   */
  public static Listener bind(String host, int port, int most) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(new InetSocketAddress(host, port));
      return new Listener(server, most);
    } catch (IOException | IllegalArgumentException e) {
      server.close();
      throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.socket().getLocalPort();
  }

  /**
   * Takes connections from now on.
   *
   * @param taken told of each, on the listener's thread; {@link #leave} is to be called when it has
   *     ended
   */
  public void start(LinkServices services, Consumer<SocketChannel> taken) {
    Thread _ = services.start("listen " + port(), () -> accept(taken));
  }

  /** A connection that was taken has ended. Any thread. */
  public void leave() {
    places.release();
  }

  private void accept(Consumer<SocketChannel> taken) {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        if (places.tryAcquire()) {
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
          taken.accept(channel);
        } else {
          LOG.atWarn().addKeyValue("event", "too-many-connections").log("one more is turned away");
          channel.close();
        }
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.atWarn().addKeyValue("event", "accept-failed").log("{}", e.getMessage());
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.atDebug().log("closing the listener: {}", e.getMessage());
    }
  }
}
