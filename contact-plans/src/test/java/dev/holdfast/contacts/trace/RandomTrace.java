package dev.holdfast.contacts.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Traces that keep every rule, by a seed. */
final class RandomTrace {
  private static final List<String> NODES = List.of("1", "977.2", "sat-1", "a_b", "10.0.0.1:4556");

  private final SplittableRandom random;
  private final TreeSet<String> up = new TreeSet<>();
  private long nanos;

  RandomTrace(SplittableRandom random) {
    this.random = random;
  }

  List<TraceEvent> events(int count) {
    List<TraceEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nanos += random.nextInt(3) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 45));
      int from = random.nextInt(NODES.size());
      int to = (from + 1 + random.nextInt(NODES.size() - 1)) % NODES.size();
      events.add(new TraceEvent(nanos, NODES.get(from), NODES.get(to), change(from + ">" + to)));
    }
    return events;
  }

  private LinkChange change(String link) {
    if (up.add(link)) {
      return new LinkChange.Up(maybe(rate()), maybe(owlt()));
    }
    return switch (random.nextInt(7)) {
      case 0 -> new LinkChange.Rate(rate());
      case 1 -> new LinkChange.Delay(owlt());
      case 2 -> new LinkChange.Loss(random.nextInt(5) == 0 ? 1e-200 : random.nextDouble());
      case 3 -> new LinkChange.Reset();
      case 4 -> new LinkChange.Opportunity(rate());
      case 5 -> new LinkChange.Transfer("b" + rate(), rate() - 1, nanos + owlt());
      default -> {
        up.remove(link);
        yield new LinkChange.Down(random.nextBoolean());
      }
    };
  }

  private OptionalLong maybe(long value) {
    return random.nextBoolean() ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private long rate() {
    return 1 + random.nextLong(1L << random.nextInt(1, 39));
  }

  private long owlt() {
    return random.nextInt(4) == 0 ? 0 : random.nextLong(LinkChange.MAX_OWLT_NANOS);
  }
}
