package dev.holdfast.gateway.link.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes TCP connections, each on a virtual thread of its own and within a time.
 *
 * @param host name or address; looked up each time
 * @param port 1..65535
 * @param timeoutMillis longest time for one attempt
 */
public record Dialer(String host, int port, int timeoutMillis) {
  private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);

  /** What comes of an attempt; called on the attempt's thread. */
  public sealed interface Outcome {
    /**
     * There is a connection.
     *
     * @param channel blocking, without delay of small writes
     */
    record Connected(SocketChannel channel) implements Outcome {
      /** It is not wanted any more. */
      public void abandon() {
        try {
          channel.close();
        } catch (IOException e) {
          LOG.debug("closing a connection that is not wanted: {}", e.getMessage());
        }
      }
    }

    /**
     * There is none.
     *
     * @param reason for people
     */
    record Failed(String reason) implements Outcome {}
  }

  /** Attempts once. */
  public void dial(LinkServices services, Consumer<Outcome> outcome) {
    Thread _ = services.start("dial " + this, () -> outcome.accept(attempt()));
  }

  private Outcome attempt() {
    try {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.socket().connect(new InetSocketAddress(host, port), timeoutMillis);
        return new Outcome.Connected(channel);
      } catch (IOException | IllegalArgumentException e) {
        channel.close();
        throw e;
      }
    } catch (SocketTimeoutException e) {
      return new Outcome.Failed(this + " did not answer within " + timeoutMillis + " ms");
    } catch (IOException | IllegalArgumentException e) {
      return new Outcome.Failed(this + ": " + reason(e));
    }
  }

  private static String reason(Exception e) {
    return e instanceof java.net.UnknownHostException
            || e instanceof java.nio.channels.UnresolvedAddressException
        ? "no such host"
        : String.valueOf(e.getMessage());
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
