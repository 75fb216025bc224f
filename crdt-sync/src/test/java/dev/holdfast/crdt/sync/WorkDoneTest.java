package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.replica.Frontier;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What one region may make another do in a contact. */
final class WorkDoneTest {
  private static final SyncWork MOST = new SyncWork(2, 4, 5, 1);
  private static final SketchKey KEY = new SketchKey(Region.hash(1).slice(0, SketchKey.SALT_BYTES));

  private final WorkDone work = new WorkDone();

  private static Request request(boolean blocks, int names, boolean keys, boolean snapshot) {
    var wanted = new Request.Wanted(new Region(1).stream, new Interval(1, 2));
    List<Long> some = LongStream.range(0, names).boxed().toList();
    return new Request(
        blocks ? List.of(wanted) : List.of(),
        names == 0 ? Optional.empty() : Optional.of(new Request.Named(KEY, some)),
        keys,
        snapshot,
        0);
  }

  private void may(Claim claim) {
    assertThat(work.refusal(claim, MOST)).isEmpty();
  }

  private void mayNot(Claim claim, String why) {
    assertThat(work.refusal(claim, MOST)).hasValueSatisfying(it -> assertThat(it).contains(why));
  }

  @Test
  void eachKindHasItsLimit() {
    may(request(false, 5, false, false));
    mayNot(request(false, 1, false, false), "more than 5 names");
    may(request(false, 0, false, true));
    mayNot(request(false, 0, false, true), "more than 1 snapshots");
    mayNot(request(true, 0, false, false), "more than 4 requests");
    for (int i = 0; i < 9; i++) {
      may(request(false, 0, true, false));
    }
    Sketch sketch = Messages.sketch(new Frontier(Messages.ROOT, new TreeMap<>()), KEY, 20);
    may(sketch);
    may(sketch);
    mayNot(sketch, "more than 2 parts");
  }
}
