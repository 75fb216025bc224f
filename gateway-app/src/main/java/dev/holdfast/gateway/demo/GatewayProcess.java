package dev.holdfast.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A gateway as a child process that can be killed and started again; what it writes goes to a file.
 * Any thread, one call at a time.
 */
final class GatewayProcess implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 20;
  private static final long STOP_SECONDS = 10;
  private static final int TAIL_LINES = 15;

  private final Site site;
  private final List<String> command;
  private final Path log;
  private volatile Optional<Process> process = Optional.empty();
  private volatile boolean closed;

  /**
   * A gateway that is not started yet.
   *
   * @param command what runs it
   * @param log where its output goes
   */
  GatewayProcess(Site site, List<String> command, Path log) {
    this.site = site;
    this.command = List.copyOf(command);
    this.log = log;
  }

  /** Which gateway it is. */
  Site site() {
    return site;
  }

  /** Starts it; its output is added to what the file holds. */
  synchronized void start() throws IOException {
    if (closed) {
      throw new IOException("the demo is ending");
    }
    if (isRunning()) {
      throw new IllegalStateException(site.label() + " runs already");
    }
    ProcessBuilder.Redirect output = ProcessBuilder.Redirect.appendTo(log.toFile());
    process =
        Optional.of(
            new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(output)
                .redirectErrorStream(true)
                .start());
  }

  /** Whether it runs. */
  synchronized boolean isRunning() {
    return process.filter(Process::isAlive).isPresent();
  }

  /** Its process id while it runs. */
  synchronized Optional<Long> pid() {
    return process.filter(Process::isAlive).map(Process::pid);
  }

  /**
   * Waits until it is ready.
   *
   * @param ready asked again and again
   * @throws IOException if it ends, or is not ready in time; the message holds its last lines
   */
  void awaitReady(BooleanSupplier ready, Duration patience)
      throws IOException, InterruptedException {
    Optional<Process> running;
    synchronized (this) {
      running = process;
    }
    long rounds = patience.toMillis() / PATIENCE_MILLIS;
    for (long i = 0; i < rounds; i++) {
      if (ready.getAsBoolean()) {
        return;
      }
      if (running.isEmpty() || running.get().waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException(site.label() + " ended before it was ready:\n" + tail());
      }
    }
    throw new IOException(
        site.label() + " was not ready within " + patience.toSeconds() + " s:\n" + tail());
  }

  /** Kills it with SIGKILL: it gets no chance to tidy up. Returns when it is gone. */
  synchronized void kill() throws InterruptedException {
    if (process.isPresent()) {
      process.get().destroyForcibly().waitFor();
    }
  }

  /** Asks it to stop, with SIGTERM, and does not wait for it. It is not started again. */
  void terminate() {
    closed = true;
    process.ifPresent(Process::destroy);
  }

  /** Asks it to stop, with SIGTERM, and kills it if it does not. It is not started again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (process.isEmpty()) {
      return;
    }
    Process running = process.get();
    running.destroy();
    try {
      if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Kills it without waiting, for the end of this process. */
  void abandon() {
    closed = true;
    process.ifPresent(Process::destroyForcibly);
  }

  /** The last lines of its output. */
  String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }
}
