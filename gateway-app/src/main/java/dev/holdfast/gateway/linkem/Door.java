package dev.holdfast.gateway.linkem;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A listening port that can be shut, so that connecting to it is refused, without being lost to
 * another process: a second socket stays bound to it and never listens. One thread at a time.
 */
final class Door implements AutoCloseable {
  private static final int BACKLOG = 64;
  private static final int RECEIVE_BUFFER_BYTES = 256 << 10;

  private final SocketChannel keeper;
  private final InetSocketAddress address;

  /** A shut door; fails if the port is in use. */
  Door(InetSocketAddress at) throws IOException {
    // A socket that does not listen may share its port with one that does, whoever that is. Only
    // listening tells whether the port is free.
    int port;
    try (ServerSocketChannel probe = ServerSocketChannel.open().bind(at, BACKLOG)) {
      port = ((InetSocketAddress) probe.getLocalAddress()).getPort();
    }
    address = new InetSocketAddress(at.getAddress(), port);
    keeper = SocketChannel.open();
    try {
      keeper.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
    } catch (IOException inUse) {
      keeper.close();
      throw inUse;
    }
  }

  /** Where it is. */
  InetSocketAddress address() {
    return address;
  }

  /** Opens it: a socket to accept from; closing that shuts the door. */
  ServerSocketChannel open() throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener
          .setOption(StandardSocketOptions.SO_REUSEADDR, true)
          .setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
          .bind(address, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    return listener;
  }

  @Override
  public void close() throws IOException {
    keeper.close();
  }
}
