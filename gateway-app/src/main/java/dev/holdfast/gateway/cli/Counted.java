package dev.holdfast.gateway.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that tells how much of it was read. */
abstract class Counted extends FilterInputStream {
  private final long every;
  private long count;
  private long next;

  Counted(InputStream in, long every) {
    super(in);
    this.every = every;
    this.next = every;
  }

  /** Told each time another {@code every} bytes were read. */
  abstract void told(long bytes);

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int more) {
    count += more;
    if (count >= next) {
      next = count + every;
      told(count);
    }
  }
}
