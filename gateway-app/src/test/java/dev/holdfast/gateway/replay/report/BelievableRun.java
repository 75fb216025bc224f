package dev.holdfast.gateway.replay.report;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.gateway.replay.Expectation;
import dev.holdfast.gateway.replay.Expectation.Metric;
import dev.holdfast.gateway.replay.RunResult;
import dev.holdfast.gateway.replay.RunResult.ContactUse;
import dev.holdfast.gateway.replay.RunResult.Latency;
import dev.holdfast.gateway.replay.RunResult.Mark;
import dev.holdfast.gateway.replay.RunResult.NodeCourse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Results that look like those of real runs, to look at and to measure by; the same every time. */
final class BelievableRun {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long SOL = 88_775 * SECOND;
  private static final long CONJUNCTION_FROM = 24 * DAY;
  private static final long CONJUNCTION_TO = 38 * DAY;

  private static final List<String> MARS_NODES =
      List.of(
          "earth-moc", "goldstone", "madrid", "canberra", "odyssey", "lander", "rover", "archive");

  private final Random random = new Random(7);
  private final List<ContactUse> contacts = new ArrayList<>();
  private final List<Mark> faults = new ArrayList<>();

  private BelievableRun() {}

  /** Sixty days of Mars with a conjunction, about 3,000 contacts, 8 nodes, 30 faults. */
  static RunResult mars() {
    BelievableRun run = new BelievableRun();
    long duration = 60 * DAY;
    run.deepSpace(duration);
    run.surface(duration);
    run.ground(duration);
    run.fail(MARS_NODES, 30, duration);
    return run.result("mars-conjunction", duration, run.courses(MARS_NODES, duration), marsHopes());
  }

  /** The same, ended by a rule that was broken. */
  static RunResult broken() {
    RunResult fine = mars();
    long at = 41 * DAY + 5 * HOUR + 12 * MINUTE + 7_004_211_000L;
    List<String> before = new ArrayList<>();
    for (int i = 12; i > 0; i--) {
      before.add(
          "41 d 05:12:0%d.%03d  %s"
              .formatted(
                  7 - i / 3,
                  (i * 83) % 1000,
                  i % 3 == 0
                      ? "odyssey -> madrid  XFER_SEGMENT transfer 311, 65536 B"
                      : i % 3 == 1
                          ? "madrid  batch 88213 committed: put ipn:30.1/848012311/4"
                          : "madrid -> odyssey  XFER_ACK transfer 311"));
    }
    return new RunResult(
        fine.scenario(),
        fine.seed(),
        at,
        fine.hash(),
        8_311_207,
        fine.totals(),
        fine.latencies(),
        fine.contacts().stream().filter(c -> c.fromNanos() < at).toList(),
        0,
        fine.nodes(),
        fine.faults().stream().filter(m -> m.atNanos() < at).toList(),
        fine.verdicts(),
        Optional.of(
            new RunResult.Broken(
                "nothing acknowledged is lost",
                at,
                "ipn:30.1 848012311.4 was acknowledged to rover by odyssey at 41 d 04:58:51; no node"
                    + " holds it, and nothing was said of it",
                before)),
        new RunResult.Speed(1_904_112_000L));
  }

  /** A ring of satellites and its ground stations: 20,000 contacts, more left out. */
  static RunResult ring() {
    BelievableRun run = new BelievableRun();
    long duration = 30 * DAY;
    List<String> nodes = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      nodes.add("sat-" + i);
    }
    nodes.addAll(List.of("svalbard", "troll", "punta-arenas", "inuvik"));
    long period = 98 * MINUTE;
    for (int sat = 0; sat < 12; sat++) {
      for (int ground = 12; ground < nodes.size(); ground++) {
        long first = sat * period / 12 + ground * 7 * MINUTE;
        for (long at = first; at < duration; at += period) {
          // Only passes that are high enough.
          if (run.random.nextInt(5) > 1) {
            long length = 4 * MINUTE + run.random.nextInt(400) * SECOND;
            run.contact(nodes.get(sat), nodes.get(ground), at, length, 120_000_000L / 8, 0.7);
            run.contact(nodes.get(ground), nodes.get(sat), at, length, 2_000_000L / 8, 0.2);
          }
        }
      }
    }
    run.fail(nodes, 400, duration);
    return run.result("leo-ring", duration, run.courses(nodes, duration), List.of());
  }

  private void contact(
      String from, String to, long at, long length, long bytesPerSecond, double load) {
    long capacity = bytesPerSecond * (length / SECOND);
    double share =
        Math.clamp(load * (0.4 + 1.2 * random.nextDouble()) + 0.2 * random.nextGaussian(), 0, 1);
    contacts.add(
        new ContactUse(from + ">" + to, at, at + length, capacity, (long) (capacity * share)));
  }

  private void deepSpace(long duration) {
    for (int station = 1; station <= 3; station++) {
      for (long day = 0; day * DAY < duration; day++) {
        long at = day * DAY + station * 7 * HOUR + random.nextInt(1800) * SECOND;
        boolean away = at > CONJUNCTION_FROM && at < CONJUNCTION_TO;
        if (!away && at + 10 * HOUR < duration) {
          double load = at > CONJUNCTION_TO && at < CONJUNCTION_TO + 6 * DAY ? 1.4 : 0.6;
          // Tracks are broken by occultations, once every orbit.
          for (int part = 0; part < 5; part++) {
            long from = at + part * 118 * MINUTE;
            contact("odyssey", MARS_NODES.get(station), from, 76 * MINUTE, 200_000 / 8, load);
            contact(MARS_NODES.get(station), "odyssey", from, 76 * MINUTE, 16_000 / 8, load / 3);
          }
        }
      }
    }
  }

  private void surface(long duration) {
    for (long sol = 0; (sol + 1) * SOL < duration; sol++) {
      for (int pass = 0; pass < 2; pass++) {
        long at = sol * SOL + (pass == 0 ? 4 : 16) * HOUR + random.nextInt(2400) * SECOND;
        for (String low : List.of("lander", "rover")) {
          contact(low, "odyssey", at, 11 * MINUTE, 2_000_000 / 8, low.equals("rover") ? 0.9 : 0.3);
          contact("odyssey", low, at, 11 * MINUTE, 32_000 / 8, 0.3);
        }
      }
    }
    for (long at = 0; at < duration; at += 2 * HOUR) {
      contact("rover", "lander", at, 20 * MINUTE, 1_000_000 / 8, 0.05);
    }
  }

  private void ground(long duration) {
    for (String station : List.of("goldstone", "madrid", "canberra")) {
      contacts.add(
          new ContactUse(
              station + ">earth-moc", 0, duration, -1, 3_000_000_000L + station.length()));
      contacts.add(new ContactUse("earth-moc>" + station, 0, duration, -1, 40_000_000));
    }
    for (long day = 0; day * DAY < duration; day++) {
      contacts.add(new ContactUse("earth-moc>archive", day * DAY, day * DAY + HOUR, 0, 0));
    }
  }

  private void fail(List<String> nodes, int count, long duration) {
    List<String> links = contacts.stream().map(ContactUse::link).distinct().toList();
    for (int i = 0; i < count; i++) {
      long at = (long) (random.nextDouble() * duration);
      String node = nodes.get(random.nextInt(nodes.size()));
      String link = links.get(random.nextInt(links.size()));
      faults.add(
          switch (i % 6) {
            case 0 -> new Mark(at, 5 * MINUTE, node, "crash after the commit, reboot");
            case 1 -> new Mark(at, 9 * HOUR, link, "loss 0.2");
            case 2 -> new Mark(at, 0, link, "session reset");
            case 3 -> new Mark(at, 2 * DAY, node, "wall clock +41 s, trusted");
            case 4 -> new Mark(at, 6 * HOUR, node, "disk full");
            default -> new Mark(at, 14 * HOUR, link, "nothing gets through");
          });
    }
    faults.sort(Comparator.comparingLong(Mark::atNanos));
  }

  private List<NodeCourse> courses(List<String> nodes, long duration) {
    int samples = 600;
    long step = duration / samples;
    List<NodeCourse> courses = new ArrayList<>();
    for (String node : nodes) {
      List<Long> bundles = new ArrayList<>();
      List<Long> bytes = new ArrayList<>();
      double held = 0;
      double weight = node.equals("odyssey") ? 6 : node.equals("rover") ? 2 : 0.6;
      for (int i = 0; i < samples; i++) {
        long at = i * step;
        boolean away = at > CONJUNCTION_FROM && at < CONJUNCTION_TO;
        boolean stays = away && (node.equals("odyssey") || node.equals("earth-moc"));
        held += weight * (2 + 6 * random.nextDouble());
        held -= stays ? 0 : Math.min(held, weight * 22 * random.nextDouble());
        bundles.add((long) held);
        bytes.add((long) (held * (30_000 + 20_000 * random.nextDouble())));
      }
      courses.add(
          new NodeCourse(
              node,
              step,
              bundles,
              bytes,
              bundles.stream().mapToLong(n -> n).max().orElse(0) + 3,
              bytes.stream().mapToLong(n -> n).max().orElse(0) + 90_000));
    }
    return courses;
  }

  private Latency latency(int count, double medianSeconds, double spread) {
    Map<Long, Long> bars = new TreeMap<>();
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long nanos = (long) (medianSeconds * Math.exp(spread * random.nextGaussian()) * SECOND);
      int power = 63 - Long.numberOfLeadingZeros(nanos);
      long width = 1L << (power - 3);
      bars.merge((nanos / width + 1) * width - 1, 1L, Long::sum);
      all.add(nanos);
    }
    all.sort(null);
    return new Latency(
        count,
        all.get(count / 2),
        all.get(count * 95 / 100),
        all.get(count * 99 / 100),
        all.getLast(),
        bars.entrySet().stream().map(e -> new RunResult.Bar(e.getKey(), e.getValue())).toList());
  }

  private RunResult result(
      String name, long duration, List<NodeCourse> courses, List<Expectation.Verdict> verdicts) {
    EnumMap<TrafficClass, Latency> latencies = new EnumMap<>(TrafficClass.class);
    latencies.put(TrafficClass.URGENT, latency(412, 2_100, 0.5));
    latencies.put(TrafficClass.EXPEDITED, latency(5_204, 16_000, 0.9));
    latencies.put(TrafficClass.NORMAL, latency(31_870, 44_000, 1.1));
    latencies.put(TrafficClass.BULK, latency(9_120, 260_000, 0.8));
    contacts.sort(Comparator.comparingLong(ContactUse::fromNanos));
    int listed = Math.min(contacts.size(), RunResult.MOST_CONTACTS);
    return new RunResult(
        name,
        Long.MAX_VALUE - 41,
        duration,
        "4f0d31c7a9be52e8861f7f0c2b9d6a1385c4e0b7d2f9a6618e3b5c7d90f1a2b4",
        12_407_331,
        new RunResult.Totals(
            49_310, 46_606, 1_702, 611, 344, 38, 9, 120, 57, 1_288, 141_902, 2_377, 18_240, 5),
        latencies,
        contacts.subList(0, listed),
        contacts.size() - listed,
        courses,
        faults,
        verdicts,
        Optional.empty(),
        new RunResult.Speed(3_127_401_220L));
  }

  private static List<Expectation.Verdict> marsHopes() {
    return List.of(
        hope("delivered >= 90 %", Metric.DELIVERED, Optional.empty(), true, 0.9)
            .judge(46_606.0 / 49_310),
        hope(
                "delivered urgent >= 99.9 %",
                Metric.DELIVERED, Optional.of(TrafficClass.URGENT), true, 0.999)
            .judge(0.99897),
        hope(
                "latency p95 urgent <= 2h",
                Metric.LATENCY_P95,
                Optional.of(TrafficClass.URGENT),
                false,
                7200)
            .judge(4_811.25),
        hope(
                "latency p99 bulk <= 20d",
                Metric.LATENCY_P99,
                Optional.of(TrafficClass.BULK),
                false,
                1_728_000)
            .judge(1_611_204.5),
        hope(
                "held bytes odyssey <= 256MiB",
                Metric.HELD_BYTES,
                Optional.empty(),
                false,
                268_435_456)
            .judge(187_220_918),
        hope("repetitions <= 100", Metric.REPETITIONS, Optional.empty(), false, 100).judge(57),
        hope(
                "transfers per delivery <= 3.5",
                Metric.TRANSFERS_PER_DELIVERY,
                Optional.empty(),
                false,
                3.5)
            .judge(3.0447));
  }

  static Expectation hope(
      String text, Metric metric, Optional<TrafficClass> of, boolean atLeast, double value) {
    return new Expectation(metric, of, Optional.empty(), atLeast, value, text);
  }
}
