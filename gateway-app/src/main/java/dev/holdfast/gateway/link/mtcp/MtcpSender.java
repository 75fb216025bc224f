package dev.holdfast.gateway.link.mtcp;

import dev.holdfast.bpv7.mtcp.MtcpFraming;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.MeteredOutput;
import dev.holdfast.gateway.link.stream.OutboundBytes;
import dev.holdfast.gateway.link.stream.RateMeter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a neighbour: writes bundles on a virtual thread, and notices on another when
 * the neighbour is gone.
 */
final class MtcpSender {
  private static final Logger LOG = LoggerFactory.getLogger(MtcpSender.class);
  private static final int PIECE_BYTES = 256 << 10;

  private final LinkServices services;
  private final LinkId link;
  private final SocketChannel channel;
  private final MeteredOutput output;
  private final Consumer<String> ended;

  /** What is to be sent; empty for the end. */
  private final LinkedBlockingQueue<Optional<Outbound>> queue = new LinkedBlockingQueue<>();

  private boolean closed;

  /** Whether the neighbour ended the connection. */
  private volatile boolean gone;

  // On the writing thread only.
  private Optional<Outbound> current = Optional.empty();

  /** Written to the output, perhaps not yet to the socket. */
  private final Deque<TransferToken> unflushed = new ArrayDeque<>();

  MtcpSender(
      LinkServices services,
      LinkId link,
      SocketChannel channel,
      RateMeter meter,
      Consumer<String> ended) {
    this.services = services;
    this.link = link;
    this.channel = channel;
    this.output = new MeteredOutput(channel, meter);
    this.ended = ended;
  }

  void start() {
    Thread _ = services.start("mtcp write " + link, this::write);
    Thread _ = services.start("mtcp watch " + link, this::watch);
  }

  /** Queues a bundle; false if the connection is over. Never waits. */
  boolean send(Outbound bundle) {
    synchronized (queue) {
      return !closed && queue.add(Optional.of(bundle));
    }
  }

  /** Ends the connection after what is queued. */
  void finish() {
    boolean _ = queue.add(Optional.empty());
  }

  /** Ends the connection now. */
  void abandon() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing the connection of {}: {}", link, e.getMessage());
    }
    finish();
  }

  private void write() {
    String reason;
    try {
      reason = writeAll();
    } catch (IOException e) {
      reason = "the connection was lost: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reason = "interrupted";
    }
    end(gone ? "the neighbour closed the connection" : reason);
  }

  /** Writes until the end is asked for, or a bundle that has begun cannot be read. */
  private String writeAll() throws IOException, InterruptedException {
    for (current = next(); current.isPresent(); current = next()) {
      TransferToken token = current.get().token();
      if (!write(current.get())) {
        current = Optional.empty();
        failed(token, LinkEvent.Cause.UNREADABLE);
        return "a bundle that was being sent cannot be read";
      }
      current = Optional.empty();
      unflushed.add(token);
    }
    flush();
    return "ended by this node";
  }

  private Optional<Outbound> next() throws IOException, InterruptedException {
    Optional<Outbound> next = queue.poll();
    if (next == null) {
      flush();
      next = queue.take();
    }
    return next;
  }

  private void flush() throws IOException, InterruptedException {
    long _ = output.flush();
    while (!unflushed.isEmpty()) {
      services.sink().offer(new LinkEvent.Sent(link, unflushed.remove()));
    }
  }

  /** Whether all of the bundle could be read. */
  private boolean write(Outbound bundle) throws IOException, InterruptedException {
    OutboundBytes bytes = new OutboundBytes(bundle);
    long _ = output.put(MtcpFraming.head(bytes.length()));
    long left = bytes.length();
    for (Octets octets : bytes.first()) {
      long _ = output.put(octets);
      left -= octets.size();
    }
    while (left > 0) {
      Optional<Octets> piece = read(bytes);
      if (piece.isEmpty()) {
        return false;
      }
      long _ = output.put(piece.get());
      left -= piece.get().size();
    }
    return true;
  }

  private Optional<Octets> read(OutboundBytes bytes) {
    CompletableFuture<Optional<Octets>> piece = new CompletableFuture<>();
    services
        .store()
        .execute(
            () -> {
              try {
                piece.complete(bytes.next(PIECE_BYTES));
              } finally {
                piece.complete(Optional.empty());
              }
            });
    return piece.join();
  }

  private void end(String reason) {
    abandon();
    synchronized (queue) {
      closed = true;
    }
    unflushed.forEach(token -> failed(token, LinkEvent.Cause.LOST));
    current.ifPresent(bundle -> failed(bundle.token(), LinkEvent.Cause.LOST));
    for (Optional<Outbound> left : queue) {
      left.ifPresent(bundle -> failed(bundle.token(), LinkEvent.Cause.LOST));
    }
    ended.accept(reason);
  }

  private void failed(TransferToken token, LinkEvent.Cause cause) {
    services.sink().offer(new LinkEvent.Failed(link, token, cause));
  }

  /** A neighbour never answers; whatever it sends is passed over, until it is gone. */
  private void watch() {
    ByteBuffer buffer = ByteBuffer.allocate(64);
    try {
      while (channel.read(buffer) >= 0) {
        buffer.clear();
      }
      gone = true;
    } catch (IOException e) {
      LOG.debug("the connection of {} has ended: {}", link, e.getMessage());
    }
    abandon();
  }
}
