package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.node;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random plans that say no more than some format can. */
final class DrawnPlans {
  static final Epoch.At SOME_TIME = new Epoch.At(849_000_000_000L);

  /** What not every format can say. */
  enum Say {
    MILLISECONDS,
    CONFIDENCE,
    LIGHT_TIME,
    ONE_WAY,
    MANY_SENDERS,
    FAST,
    NAMES
  }

  private DrawnPlans() {}

  /** What a format can say. */
  static EnumSet<Say> sayings(PlanFormat format) {
    EnumSet<Say> all = EnumSet.complementOf(EnumSet.of(Say.NAMES));
    return switch (format) {
      case ION, TVGUTIL, CSV -> all;
      case HDTN -> EnumSet.of(Say.LIGHT_TIME, Say.ONE_WAY, Say.MANY_SENDERS, Say.FAST);
      case ASABR -> EnumSet.complementOf(EnumSet.of(Say.NAMES, Say.CONFIDENCE));
      case CCM -> EnumSet.of(Say.LIGHT_TIME, Say.MANY_SENDERS, Say.FAST);
      case UD3TN -> EnumSet.of(Say.ONE_WAY);
      case YAML -> EnumSet.allOf(Say.class);
    };
  }

  static ContactPlan draw(SplittableRandom random, EnumSet<Say> sayings) {
    List<Contact> contacts = new ArrayList<>();
    NodeNumber[] nodes = {node(1), node(2), node(974848L << 32 | 977), node(-2)};
    for (NodeNumber from : nodes) {
      for (NodeNumber to : nodes) {
        boolean sends = sayings.contains(Say.MANY_SENDERS) || from.equals(nodes[0]);
        boolean first = sayings.contains(Say.ONE_WAY) || from.compareTo(to) < 0;
        boolean answered = sayings.contains(Say.ONE_WAY) || sayings.contains(Say.MANY_SENDERS);
        if (!from.equals(to) && sends && first && answered) {
          pair(random, sayings, from, to, contacts);
        }
      }
    }
    ContactPlan plan = ContactPlan.of(0, contacts);
    return sayings.contains(Say.NAMES)
        ? plan.withFacts(NodeFacts.named(Map.of(node(1), "earth", node(2), "moon relay")))
        : plan;
  }

  private static void pair(
      SplittableRandom random,
      EnumSet<Say> sayings,
      NodeNumber from,
      NodeNumber to,
      List<Contact> contacts) {
    int unit = sayings.contains(Say.MILLISECONDS) ? 1 : 1000;
    int bits = sayings.contains(Say.FAST) ? 40 : 31;
    long at = SOME_TIME.dtnMillis() / unit;
    while (random.nextInt(4) != 0) {
      at += random.nextInt(3) == 0 ? 0 : random.nextLong(100_000_000 / unit);
      long end = at + 1 + random.nextLong(100_000_000 / unit);
      boolean unsure = sayings.contains(Say.CONFIDENCE) && random.nextBoolean();
      Contact next =
          new Contact(
              from,
              to,
              new DtnTime(at * unit),
              new DtnTime(end * unit),
              1 + random.nextLong(1L << random.nextInt(1, bits)),
              sayings.contains(Say.LIGHT_TIME) ? random.nextLong(3) * unit : 0,
              unsure ? 1 - random.nextDouble() : 1);
      contacts.add(next);
      if (!sayings.contains(Say.ONE_WAY)) {
        contacts.add(back(next));
      }
      at = end;
    }
  }

  private static Contact back(Contact contact) {
    return new Contact(
        contact.to(),
        contact.from(),
        contact.start(),
        contact.end(),
        contact.bytesPerSecond(),
        contact.owltMillis(),
        contact.confidence());
  }
}
