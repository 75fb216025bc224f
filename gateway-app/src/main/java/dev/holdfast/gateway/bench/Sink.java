package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.BundleIntake;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The neighbour that the gateway sends to: takes every session, checks every bundle, counts. Any
 * thread.
 */
final class Sink implements AutoCloseable {
  private final GatewayClock clock;
  private final ServerSocketChannel server;
  private final List<TcpclPeer> peers = new ArrayList<>();
  private long arrived;
  private long lastNanos;
  private String lastDigest = "";
  private Optional<String> fault = Optional.empty();

  /** Listens on loopback. */
  Sink(GatewayClock clock) {
    this.clock = clock;
    try {
      server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new BenchException("no port to listen on: " + e.getMessage(), e);
    }
    Thread.ofPlatform().name("bench-sink").daemon().start(this::accept);
  }

  int port() {
    return server.socket().getLocalPort();
  }

  /** How many bundles have come so far. */
  synchronized long arrived() {
    return arrived;
  }

  /** SHA-256 of the last bundle's payload. */
  synchronized String lastDigest() {
    return lastDigest;
  }

  /** Waits until that many bundles have come in all; when the last of them had. */
  synchronized long awaitArrivals(long total, long limitSeconds) {
    long end = clock.now().bootNanos() + TimeUnit.SECONDS.toNanos(limitSeconds);
    while (arrived < total && fault.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - clock.now().bootNanos());
      if (left <= 0) {
        throw new BenchException(
            (total - arrived) + " bundles did not come out within " + limitSeconds + " s");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchException("interrupted", e);
      }
    }
    if (fault.isPresent()) {
      throw new BenchException(fault.get());
    }
    return lastNanos;
  }

  @Override
  public void close() {
    List<TcpclPeer> open;
    synchronized (this) {
      open = List.copyOf(peers);
    }
    open.forEach(TcpclPeer::close);
    try {
      server.close();
    } catch (IOException e) {
      throw new BenchException("closing a port: " + e.getMessage(), e);
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        var check = new Check();
        var peer =
            new TcpclPeer(
                clock,
                channel,
                TcpclParameters.Role.PASSIVE,
                NodeId.ipn(BenchGateway.SINK_NODE),
                Optional::empty,
                check::on);
        synchronized (this) {
          peers.add(peer);
        }
        peer.start();
      }
    } catch (ClosedChannelException e) {
      // The way it ends.
    } catch (IOException e) {
      fail("accepting failed: " + e.getMessage());
    }
  }

  private synchronized void arrived(long nanos, String digest) {
    arrived++;
    lastNanos = nanos;
    lastDigest = digest;
    notifyAll();
  }

  private synchronized void fail(String why) {
    fault = Optional.of(why);
    notifyAll();
  }

  /** Reads the bundles of one session, one after the other. */
  private final class Check {
    private BundleIntake intake = new BundleIntake(ReadOptions.STRICT);
    private MessageDigest digest = sha256();

    void on(PeerEvent event) {
      switch (event) {
        case PeerEvent.Piece(Octets octets) -> intake.feed(octets).forEach(this::take);
        case PeerEvent.Arrived whole -> {
          intake.finish().forEach(this::take);
          arrived(whole.nanos(), HexFormat.of().formatHex(digest.digest()));
          intake = new BundleIntake(ReadOptions.STRICT);
          digest = sha256();
        }
        case PeerEvent.Failed failed -> fail(failed.why());
        case PeerEvent.Up _, PeerEvent.Acked _, PeerEvent.Down _ -> {}
      }
    }

    private void take(BundleIntake.Output output) {
      switch (output) {
        case BundleIntake.Output.Payload(Octets octets) ->
            octets.read(
                (array, offset, length) -> {
                  digest.update(array, offset, length);
                  return length;
                });
        case BundleIntake.Output.Invalid invalid ->
            fail("the gateway sent what is no bundle: " + invalid.fault());
        case BundleIntake.Output.Head _, BundleIntake.Output.End _ -> {}
      }
    }
  }

  /** SHA-256 afresh. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new BenchException("this Java has no SHA-256", e);
    }
  }
}
