package dev.holdfast.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.contacts.trace.TraceLimits;
import dev.holdfast.contacts.trace.TraceSource;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.config.RecordConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {
  private static final LinkChange UP =
      new LinkChange.Up(OptionalLong.of(1_000), OptionalLong.empty());

  @TempDir private Path folder;
  private final GatewayClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 600_000));

  private final List<Throwable> fatal = new CopyOnWriteArrayList<>();

  private TraceWriter writer(long bytes, int files) throws IOException {
    return TraceWriter.start(
        new RecordConfig(Optional.of(folder), bytes, files), clock, fatal::add);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static List<TraceEvent> read(Path file) throws IOException {
    LinkTrace trace =
        LinkTraceText.read(
            TraceSource.ofText(file.toString(), Files.readString(file)), TraceLimits.DEFAULT);
    assertThat(trace.epoch()).isPresent();
    List<TraceEvent> events = new ArrayList<>();
    trace.forEachRemaining(events::add);
    return events;
  }

  private void pass(TraceWriter writer, int bundles) {
    long now = clock.now().bootNanos();
    writer.add(now, "1", "2", UP);
    for (int i = 0; i < bundles; i++) {
      writer.add(now + i, "1", "2", new LinkChange.Transfer("ipn:1.7/" + i + "-0", 100, now + i));
    }
    writer.add(now + bundles, "1", "2", new LinkChange.Down(true));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    TraceWriter writer = writer(1 << 20, 2);
    pass(writer, 3);
    writer.close();
    assertThat(files()).hasSize(1);
    assertThat(read(files().getFirst()))
        .extracting(event -> event.change().getClass().getSimpleName())
        .containsExactly("Up", "Transfer", "Transfer", "Transfer", "Down");
  }

  @Test
  void onlyTheNewestFilesAreKeptAndEachStandsForItself() throws IOException {
    TraceWriter writer = writer(4_096, 3);
    pass(writer, 1_000);
    writer.close();
    assertThat(files()).hasSize(3);
    for (Path file : files()) {
      assertThat(Files.size(file)).isBetween(50L, 4_300L);
      assertThat(read(file).getFirst().change()).isInstanceOf(LinkChange.Up.class);
    }
    assertThat(read(files().getLast()).getLast().change()).isInstanceOf(LinkChange.Down.class);
  }

  @Test
  void anotherStartGoesOnWithTheNextFile() throws IOException {
    TraceWriter first = writer(1 << 20, 8);
    pass(first, 1);
    first.close();
    TraceWriter second = writer(1 << 20, 8);
    pass(second, 1);
    second.close();
    assertThat(files())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("links-000001.linktrace", "links-000002.linktrace");
  }

  @Test
  void aLinkThatIsUpIsNotUpOnceMore() throws IOException {
    TraceWriter writer = writer(1 << 20, 2);
    long now = clock.now().bootNanos();
    writer.add(now, "1", "2", UP);
    writer.add(now, "1", "2", UP);
    writer.add(now, "2", "1", new LinkChange.Down(true));
    writer.close();
    assertThat(read(files().getFirst())).hasSize(1);
  }

  /** Shows the time once. */
  private final class ShortClock implements GatewayClock {
    private boolean asked;

    @Override
    public Moment now() {
      if (asked) {
        throw new IllegalStateException("a flaw of the clock");
      }
      asked = true;
      return clock.now();
    }

    @Override
    public long bootId() {
      return clock.bootId();
    }
  }

  @Test
  void whatIsThrownOnItsThreadIsTold() throws IOException {
    RecordConfig small = new RecordConfig(Optional.of(folder), 4_096, 3);
    TraceWriter writer = TraceWriter.start(small, new ShortClock(), fatal::add);
    pass(writer, 1_000);
    writer.close();
    assertThat(fatal).hasSize(1).first().isInstanceOf(IllegalStateException.class);
  }
}
