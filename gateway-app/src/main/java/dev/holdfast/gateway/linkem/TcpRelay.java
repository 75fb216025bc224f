package dev.holdfast.gateway.linkem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TCP half of a relay: opens and shuts the door as the windows say, and cuts connections. */
final class TcpRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpRelay.class);

  private final Emulation emulation;
  private final Door door;
  private final ConcurrentSkipListMap<Long, Running> connections = new ConcurrentSkipListMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Thread keeper;

  private record Running(TcpConnection connection, Thread thread) {}

  TcpRelay(Emulation emulation) throws IOException {
    this.emulation = emulation;
    this.door = new Door(emulation.settings().listen());
    Optional<ServerSocketChannel> listener = isOpen() ? Optional.of(door.open()) : Optional.empty();
    this.keeper = Thread.ofVirtual().name("linkem-windows").unstarted(() -> keep(listener));
  }

  void start() {
    keeper.start();
  }

  InetSocketAddress address() {
    return door.address();
  }

  @Override
  public void close() {
    keeper.interrupt();
    try {
      keeper.join();
      for (Running running : connections.values()) {
        running.thread.interrupt();
      }
      for (Running running : connections.values()) {
        running.thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOpen() {
    return emulation.settings().schedule().isOpenBothWays(emulation.time().now());
  }

  private void keep(Optional<ServerSocketChannel> alreadyOpen) {
    Optional<ServerSocketChannel> listener = alreadyOpen;
    listener.ifPresent(this::startAccepting);
    try (door) {
      try {
        LinkSchedule schedule = emulation.settings().schedule();
        long done = emulation.time().now();
        while (true) {
          long reset = schedule.nextReset(done);
          done = Math.min(schedule.nextEdge(done), reset);
          emulation.time().await(done);
          listener = schedule.isOpenBothWays(done) ? opened(listener) : shut(listener, done);
          if (done == reset) {
            cut(done);
          }
        }
      } catch (InterruptedException closing) {
        if (listener.isPresent()) {
          listener.get().close();
        }
      }
    } catch (IOException e) {
      LOG.error("the listening port {} is lost: {}", door.address(), e.getMessage());
      throw new UncheckedIOException(e);
    }
  }

  private Optional<ServerSocketChannel> opened(Optional<ServerSocketChannel> before)
      throws IOException {
    if (before.isPresent()) {
      return before;
    }
    ServerSocketChannel listener = door.open();
    startAccepting(listener);
    return Optional.of(listener);
  }

  private Optional<ServerSocketChannel> shut(Optional<ServerSocketChannel> before, long edge)
      throws IOException {
    if (before.isPresent()) {
      before.get().close();
    }
    if (emulation.settings().atWindowEnd() == LinkemSettings.AtWindowEnd.CUT) {
      cut(edge);
    }
    return Optional.empty();
  }

  private void cut(long at) {
    connections.values().forEach(running -> running.connection.cut(at));
  }

  private void startAccepting(ServerSocketChannel listener) {
    var _ = Thread.ofVirtual().name("linkem-accept").start(() -> acceptUntilShut(listener));
  }

  private void acceptUntilShut(ServerSocketChannel listener) {
    while (listener.isOpen()) {
      try {
        admit(listener.accept());
      } catch (IOException e) {
        if (listener.isOpen()) {
          LOG.warn("could not take a connection: {}", e.getMessage());
        }
      }
    }
  }

  private void admit(SocketChannel near) throws IOException {
    boolean full = connections.size() >= emulation.limits().connections();
    if (full || !isOpen()) {
      emulation.tally().refused.increment();
      TcpStream.reset(near);
      return;
    }
    long number = numbers.incrementAndGet();
    emulation.tally().connections.increment();
    TcpConnection connection = new TcpConnection(emulation, number, near);
    Thread thread =
        Thread.ofVirtual()
            .name("linkem-" + number)
            .unstarted(
                () -> {
                  connection.run();
                  connections.remove(number);
                });
    connections.put(number, new Running(connection, thread));
    thread.start();
    if (!isOpen()) {
      // The window closed between the check and the entry into the list that the keeper cuts.
      connection.cut(emulation.time().now());
    }
  }
}
