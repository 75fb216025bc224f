package dev.holdfast.gateway.record;

import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.config.RecordConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events into files of a bounded length, keeps the newest of them, and never makes anybody
 * wait. Each file stands for itself: it begins with the links that are up.
 */
final class TraceWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TraceWriter.class);
  private static final int QUEUE = 16_384;
  private static final int BATCH = 1_024;
  private static final long FLUSH_MILLIS = 1_000;
  private static final String PREFIX = "links-";
  private static final String SUFFIX = ".linktrace";

  private final Path directory;
  private final RecordConfig config;
  private final GatewayClock clock;
  private final Consumer<Throwable> fatal;
  private final BlockingQueue<Noted> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong leftOut = new AtomicLong();
  private final Map<String, Noted> up = new LinkedHashMap<>();
  private final Thread thread = Thread.ofPlatform().name("record").daemon().unstarted(this::run);
  private final StringBuilder text = new StringBuilder();
  private Writer file = Writer.nullWriter();
  private long number;
  private long written;
  private long epochNanos;
  private long lastNanos;
  private volatile boolean stopped;

  private record Noted(long nanos, String from, String to, LinkChange change) {}

  private TraceWriter(
      Path directory, RecordConfig config, GatewayClock clock, Consumer<Throwable> fatal) {
    this.directory = directory;
    this.config = config;
    this.clock = clock;
    this.fatal = fatal;
  }

  static TraceWriter start(RecordConfig config, GatewayClock clock, Consumer<Throwable> fatal)
      throws IOException {
    Path directory = config.directory().orElseThrow();
    Files.createDirectories(directory);
    TraceWriter writer = new TraceWriter(directory, config, clock, fatal);
    writer.number = writer.files().stream().mapToLong(TraceWriter::numberOf).max().orElse(0);
    writer.next();
    writer.thread.start();
    return writer;
  }

  /** Notes an event; left out and counted if the disk is too slow. Any thread. */
  void add(long bootNanos, String from, String to, LinkChange change) {
    if (!queue.offer(new Noted(bootNanos, from, to, change))) {
      leftOut.incrementAndGet();
    }
  }

  private void run() {
    List<Noted> batch = new ArrayList<>();
    try {
      while (!stopped || !queue.isEmpty()) {
        Noted first = queue.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH);
          write(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      // The record is for people; the gateway goes on without it.
      LOG.error("links are recorded no more: {}; mend {} and restart", e.getMessage(), directory);
      stopped = true;
    } catch (RuntimeException | Error e) {
      stopped = true;
      fatal.accept(e);
    }
    closeFile();
  }

  private void write(List<Noted> batch) throws IOException {
    long gone = leftOut.getAndSet(0);
    if (gone > 0) {
      text.append("# ").append(gone).append(" events before this are left out\n");
    }
    for (Noted event : batch) {
      event(event);
      if (written + text.length() > config.fileBytes()) {
        flush();
        next();
      }
    }
    flush();
  }

  private void event(Noted event) {
    String direction = event.from() + ">" + event.to();
    boolean says =
        switch (event.change()) {
          case LinkChange.Up _ -> up.putIfAbsent(direction, event) == null;
          case LinkChange.Down _ -> up.remove(direction) != null;
          case LinkChange.Rate _,
              LinkChange.Delay _,
              LinkChange.Loss _,
              LinkChange.Reset _,
              LinkChange.Opportunity _,
              LinkChange.Transfer _ ->
              true;
        };
    if (says) {
      print(event, event.nanos());
    }
  }

  private void print(Noted event, long bootNanos) {
    lastNanos = Math.max(lastNanos, bootNanos - epochNanos);
    LinkChange change =
        event.change() instanceof LinkChange.Transfer(String bundle, long bytes, long _)
            ? new LinkChange.Transfer(bundle, bytes, lastNanos)
            : event.change();
    LinkTraceText.print(new TraceEvent(lastNanos, event.from(), event.to(), change), text);
  }

  private void flush() throws IOException {
    file.write(text.toString());
    file.flush();
    written += text.length();
    text.setLength(0);
  }

  /** Ends the file and begins the next, with what is up; the oldest beyond the limit goes. */
  private void next() throws IOException {
    file.close();
    number++;
    Path path = directory.resolve(String.format(Locale.ROOT, "%s%06d%s", PREFIX, number, SUFFIX));
    file = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
    written = 0;
    Moment now = clock.now();
    epochNanos = now.bootNanos();
    lastNanos = 0;
    LinkTraceText.printHeader(Optional.of(now.wall()), text);
    up.values().forEach(event -> print(event, epochNanos));
    List<Path> all = files();
    for (Path old : all.subList(0, Math.max(0, all.size() - config.files()))) {
      Files.deleteIfExists(old);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(path -> numberOf(path) > 0).sorted().toList();
    }
  }

  private static long numberOf(Path path) {
    String name = path.getFileName().toString();
    boolean ours = name.matches(PREFIX + "\\d{6,18}\\" + SUFFIX);
    return ours
        ? Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
        : 0;
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.error("the last record of links is not whole: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    stopped = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
