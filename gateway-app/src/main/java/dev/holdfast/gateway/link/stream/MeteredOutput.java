package dev.holdfast.gateway.link.stream;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Gathers bytes and writes them to a channel in large pieces, each when the meter lets it. One
 * thread, which blocks; made for virtual threads.
 */
public final class MeteredOutput {
  private static final int BUFFER_BYTES = 128 << 10;

  private final WritableByteChannel channel;
  private volatile RateMeter meter;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private volatile boolean urgent;

  /** An output to that channel. */
  public MeteredOutput(WritableByteChannel channel, RateMeter meter) {
    this.channel = channel;
    this.meter = meter;
  }

  /** Another meter from now on. Any thread. */
  public void meter(RateMeter other) {
    meter = other;
  }

  /** Whether what is written goes before what others of the same meter write. Any thread. */
  public void urgent(boolean first) {
    urgent = first;
  }

  /**
   * Takes bytes; some may be written.
   *
   * @return how many bytes were written, of these or earlier ones
   */
  public long put(Octets octets) throws IOException, InterruptedException {
    long written = 0;
    int at = 0;
    while (at < octets.size()) {
      int room = Math.min(buffer.capacity(), meter.quantum()) - buffer.position();
      if (room <= 0) {
        written += flush();
        continue;
      }
      int count = Math.min(room, octets.size() - at);
      octets.slice(at, at + count).read(buffer::put);
      at += count;
    }
    return written;
  }

  /**
   * Writes all that was taken.
   *
   * @return how many bytes were written
   */
  public long flush() throws IOException, InterruptedException {
    buffer.flip();
    int all = buffer.remaining();
    while (buffer.hasRemaining()) {
      int end = buffer.limit();
      int piece = Math.min(buffer.remaining(), meter.quantum());
      meter.take(piece, urgent);
      buffer.limit(buffer.position() + piece);
      while (buffer.hasRemaining()) {
        int _ = channel.write(buffer);
      }
      buffer.limit(end);
    }
    buffer.clear();
    return all;
  }
}
