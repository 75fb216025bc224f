package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.tcpcl.TcpclInput;
import dev.holdfast.bpv7.tcpcl.TcpclOutput;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.stream.LinkServices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the socket of one session and hands its bundles to the store and the node; waits with that,
 * and lets the peer wait, when they have enough to do.
 */
final class TcpclReader {
  private static final Logger LOG = LoggerFactory.getLogger(TcpclReader.class);
  private static final int READ_BYTES = 64 << 10;

  private final TcpclConnection connection;
  private final LinkServices services;
  private final SocketChannel channel;
  private final CountDownLatch done = new CountDownLatch(1);
  private Optional<Arrivals> arrivals = Optional.empty();
  private volatile boolean busy;

  TcpclReader(TcpclConnection connection, LinkServices services, SocketChannel channel) {
    this.connection = connection;
    this.services = services;
    this.channel = channel;
  }

  /** Whether it is at work on what it has read, and reads nothing. Any thread. */
  boolean isBusy() {
    return busy;
  }

  /** Waits until it reads no more; false if that took longer. */
  boolean await(long millis) throws InterruptedException {
    return done.await(millis, TimeUnit.MILLISECONDS);
  }

  /** What to run on its thread. */
  void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    try {
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        Octets octets = Octets.copyOf(buffer);
        buffer.clear();
        busy = true;
        arrive(connection.turn(new TcpclInput.Received(octets)));
        busy = false;
        connection.reads();
      }
    } catch (IOException e) {
      LOG.debug("session {} reads no more: {}", connection.number(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      busy = false;
      arrivals.ifPresent(Arrivals::abortAll);
      connection.lost();
      done.countDown();
    }
  }

  private void arrive(List<TcpclOutput> outputs) throws InterruptedException {
    for (TcpclOutput output : outputs) {
      switch (output) {
        case TcpclOutput.PeerKnown _ -> {
          begin();
          // What came after the SESS_INIT has waited for the admission.
          arrive(connection.turn(new TcpclInput.Received(Octets.EMPTY)));
        }
        case TcpclOutput.Established _ -> begin();
        case TcpclOutput.TransferStarted started -> arrivals.ifPresent(a -> a.started(started));
        case TcpclOutput.TransferData data -> arrivals.ifPresent(a -> a.data(data));
        case TcpclOutput.TransferEnded ended -> arrivals.ifPresent(a -> a.ended(ended));
        case TcpclOutput.TransferAborted aborted -> arrivals.ifPresent(a -> a.aborted(aborted));
        case TcpclOutput.Write _,
            TcpclOutput.StartTls _,
            TcpclOutput.NeedData _,
            TcpclOutput.TransferSent _,
            TcpclOutput.TransferAcked _,
            TcpclOutput.TransferRefused _,
            TcpclOutput.TransferLost _,
            TcpclOutput.Rejected _,
            TcpclOutput.Violation _,
            TcpclOutput.Terminated _,
            TcpclOutput.CloseConnection _ ->
            throw new IllegalStateException("not for the reader: " + output);
      }
    }
  }

  /** The node must know of the session before it hears of its bundles. */
  private void begin() throws InterruptedException {
    connection.awaitReady();
    arrivals =
        connection
            .link()
            .map(
                link ->
                    new Arrivals(
                        services,
                        link.id(),
                        connection.number(),
                        link.reading(),
                        refusal -> {
                          boolean _ = connection.input(refusal);
                        }));
  }
}
