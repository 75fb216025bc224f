package dev.holdfast.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A program that runs beside the test and ends with it; what it prints is kept in a file. */
public final class PeerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);
  private static final long STOP_SECONDS = 5;
  private static final int TAIL_LINES = 30;

  private final String name;
  private final Process process;
  private final Path log;

  private PeerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts the command in the directory, where {@code name.log} takes both its outputs. */
  public static PeerProcess start(String name, Path directory, List<String> command) {
    Path log = directory.resolve(name + ".log");
    try {
      Files.createDirectories(directory);
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      return new PeerProcess(name, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /** Waits until the program is ready; fails at once, with the end of its log, when it has died. */
  public PeerProcess awaitReady(BooleanSupplier ready) {
    Awaitility.await(name + " is ready")
        .atMost(START)
        .pollInterval(Duration.ofMillis(20))
        .pollDelay(Duration.ZERO)
        .failFast(this::failIfDead)
        .until(ready::getAsBoolean);
    return this;
  }

  private void failIfDead() {
    if (!process.isAlive()) {
      throw new AssertionError(name + " has died:\n" + logTail());
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** The last lines of what it printed. */
  public String logTail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, waits, and then makes it end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
