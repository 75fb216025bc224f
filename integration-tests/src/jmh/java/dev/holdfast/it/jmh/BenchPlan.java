package dev.holdfast.it.jmh;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The plans that are measured: the path of a file in the canonical CSV ({@code
 * from,to,start_s,end_s,rate,owlt_s}), or one made here: {@code ring:NODES:CONTACTS}, satellites in
 * a ring that pass ground stations, or {@code passes:NODES:CONTACTS}, the same without the ring.
 */
final class BenchPlan {
  private static final long DAY_MILLIS = 86_400_000;

  private BenchPlan() {}

  static ContactPlan named(String name) throws IOException {
    boolean ring = name.startsWith("ring:");
    return ring || name.startsWith("passes:") ? passes(name.split(":"), ring) : read(Path.of(name));
  }

  private static ContactPlan read(Path file) throws IOException {
    List<Contact> contacts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] field = line.split(",");
      Contact next =
          Contact.of(
              NodeNumber.of(Long.parseLong(field[0])),
              NodeNumber.of(Long.parseLong(field[1])),
              time(field[2]),
              time(field[3]),
              Math.round(Double.parseDouble(field[4])),
              Math.round(Double.parseDouble(field[5]) * 1000));
      contacts.add(next);
    }
    return ContactPlan.of(1, contacts);
  }

  private static DtnTime time(String seconds) {
    return new DtnTime(Math.round(Double.parseDouble(seconds) * 1000));
  }

  /**
   * A tenth of the nodes are stations; satellites hear their two neighbours in the ring for ever,
   * and each station for some minutes at a time.
   */
  private static ContactPlan passes(String[] words, boolean ring) {
    int nodes = Integer.parseInt(words[1]);
    int wanted = Integer.parseInt(words[2]);
    int stations = Math.max(2, nodes / 10);
    int satellites = nodes - stations;
    List<Contact> contacts = new ArrayList<>();
    DtnTime end = new DtnTime(DAY_MILLIS);
    for (int s = 0; ring && s < satellites; s++) {
      for (int other : new int[] {(s + 1) % satellites, (s + satellites - 1) % satellites}) {
        contacts.add(
            Contact.of(node(stations + s), node(stations + other), time("0"), end, 125_000, 10));
      }
    }
    int passes = Math.max(1, (wanted - contacts.size()) / (2 * satellites * stations) + 1);
    SplittableRandom random = new SplittableRandom(nodes);
    for (int s = 0; s < satellites; s++) {
      for (int g = 0; g < stations; g++) {
        long period = DAY_MILLIS / passes;
        long phase = random.nextLong(period);
        for (int p = 0; p < passes && contacts.size() < wanted; p++) {
          DtnTime from = new DtnTime(Math.min(phase + p * period, DAY_MILLIS - 1));
          DtnTime to =
              new DtnTime(Math.min(from.millis() + Math.min(480_000, period / 2), DAY_MILLIS));
          contacts.add(Contact.of(node(g), node(stations + s), from, to, 125_000, 4));
          contacts.add(Contact.of(node(stations + s), node(g), from, to, 1_250_000, 4));
        }
      }
    }
    return ContactPlan.of(1, contacts);
  }

  private static NodeNumber node(int index) {
    return NodeNumber.of(index + 1);
  }
}
