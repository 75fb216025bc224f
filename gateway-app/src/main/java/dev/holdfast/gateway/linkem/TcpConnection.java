package dev.holdfast.gateway.linkem;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** One TCP connection through the link: handshake, two streams, and how they end. */
final class TcpConnection {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int SEND_BUFFER_BYTES = 256 << 10;

  private final Emulation emulation;
  private final SocketChannel near;
  private final SocketChannel far;
  private final AtomicBoolean cut = new AtomicBoolean();
  private final TcpStream forward;
  private final TcpStream backward;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean established;

  /**
   * A connection that was taken and goes nowhere yet.
   *
   * @param number counts connections from 1; decides with the seed what is lost
   * @param near the socket towards whoever connected
   */
  TcpConnection(Emulation emulation, long number, SocketChannel near) throws IOException {
    this.emulation = emulation;
    this.near = near;
    this.far = SocketChannel.open();
    this.forward = new TcpStream(emulation, LinkDirection.FORWARD, number, near, far, cut);
    this.backward = new TcpStream(emulation, LinkDirection.BACKWARD, number, far, near, cut);
  }

  /** Carries the connection until both its directions have ended. On a thread of its own. */
  void run() {
    long begun = emulation.time().now();
    try {
      if (connect(begun) && establish()) {
        forward.join();
        backward.join();
        if (!cut.get()) {
          TcpStream.close(near);
          TcpStream.close(far);
        }
      }
    } catch (InterruptedException closing) {
      forward.interrupt();
      backward.interrupt();
      TcpStream.reset(near);
      TcpStream.reset(far);
    }
  }

  /**
   * A direction closed at {@code at}: takes nothing more; each end is reset when what left before
   * has arrived there. Returns at once.
   */
  void cut(long at) {
    if (!cut.compareAndSet(false, true)) {
      return;
    }
    emulation.tally().cut.increment();
    stopReading(near);
    stopReading(far);
    lock.lock();
    try {
      if (established) {
        Thread.ofVirtual().name("linkem-cut").start(() -> forward.cutOff(at));
        Thread.ofVirtual().name("linkem-cut").start(() -> backward.cutOff(at));
      } else {
        TcpStream.reset(near);
        TcpStream.reset(far);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The handshake: one light time there, where somebody must listen, and one back. */
  private boolean connect(long begun) throws InterruptedException {
    LinkSchedule schedule = emulation.settings().schedule();
    long there = begun + schedule.forward().qualityAt(begun).owltNanos();
    long back = begun + schedule.roundTripNanos(begun);
    emulation.time().await(there);
    try {
      near.setOption(StandardSocketOptions.TCP_NODELAY, true);
      near.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
      far.setOption(StandardSocketOptions.TCP_NODELAY, true);
      far.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
      far.setOption(StandardSocketOptions.SO_RCVBUF, SEND_BUFFER_BYTES);
      far.socket().connect(emulation.settings().connect(), CONNECT_MILLIS);
    } catch (IOException nobodyThere) {
      emulation.time().await(back);
      emulation.tally().refused.increment();
      TcpStream.reset(near);
      TcpStream.close(far);
      return false;
    }
    emulation.time().await(back);
    return true;
  }

  private boolean establish() {
    lock.lock();
    try {
      if (cut.get()) {
        TcpStream.reset(near);
        TcpStream.reset(far);
        return false;
      }
      forward.start();
      backward.start();
      established = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static void stopReading(SocketChannel channel) {
    try {
      channel.shutdownInput();
    } catch (NotYetConnectedException | ClosedChannelException notReading) {
      // Nobody reads from it.
    } catch (IOException gone) {
      TcpStream.close(channel);
    }
  }
}
