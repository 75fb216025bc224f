package dev.holdfast.gateway.scenario;

import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.gateway.replay.Fault;
import dev.holdfast.gateway.replay.Scenario.Chaos;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what goes wrong: one by one, and by how much of it there is. */
final class FaultReader {
  private static final List<String> KINDS =
      List.of("link", "reset", "crash", "disk-full", "restore", "clock", "blackout");
  private static final List<String> DISTURBANCES =
      List.of("block", "loss", "duplicate", "bit-errors", "reorder", "extra-delay", "rate-factor");
  private static final double MOST_PER_DAY = 10_000;
  private static final double LEAST_FACTOR = 1e-6;
  private static final double MOST_FACTOR = 1e6;

  private final Frame frame;
  private final Network network;

  FaultReader(Frame frame) {
    this.frame = frame;
    this.network = frame.network();
  }

  /** All faults. */
  List<Fault> faults(Section root) {
    List<Fault> faults = new ArrayList<>();
    for (Section section : root.sections("faults")) {
      List<String> kinds = KINDS.stream().filter(section::has).toList();
      if (kinds.size() == 1) {
        faults.add(fault(section, kinds.getFirst()));
        section.end();
      } else if (kinds.isEmpty()) {
        none(section);
      } else {
        section.refuse(
            section.at(),
            "faults: "
                + String.join(" and ", kinds)
                + " stand together; write a fault of its own for each");
      }
    }
    return faults;
  }

  private static void none(Section section) {
    boolean misspelled =
        section.names().stream()
            .anyMatch(key -> !key.value().equals("at") && !key.value().equals("for"));
    if (misspelled) {
      List.of("at", "for").forEach(section::has); // They are valid here.
      section.end(); // What key nobody knows says more than that one is missing.
    } else {
      section.refuse(
          section.at(), "faults: nothing goes wrong here; name one of " + String.join(", ", KINDS));
    }
  }

  private Fault fault(Section section, String kind) {
    Located<Long> at = section.required("at", 0L, frame::moment);
    return switch (kind) {
      case "link" -> onLink(section, at.value());
      case "reset" -> new Fault.Reset(direction(section, kind), at.value());
      case "crash" -> new Fault.NodeCrash(gateway(section, kind), at.value(), crash(section));
      case "disk-full" -> new Fault.DiskFull(gateway(section, kind), at.value(), length(section));
      case "restore" -> restore(section, at.value());
      case "clock" ->
          new Fault.WrongClock(
              gateway(section, kind),
              at.value(),
              length(section),
              section.required("offset", 0L, Times::offsetMillis).value(),
              section.flag("trusted", false));
      case "blackout" -> blackout(section, at.value());
      default -> throw new IllegalStateException("no kind of fault: " + kind);
    };
  }

  private Fault onLink(Section section, long at) {
    String link = direction(section, "link");
    long length = length(section);
    Disturbance disturbance =
        new Disturbance(
            section.flag("block", false),
            section.value("loss", 0.0, Amounts::share),
            section.value("duplicate", 0.0, Amounts::share),
            section.value("bit-errors", 0.0, Amounts::share),
            section.value("reorder", 0L, Frame::length),
            section.value("extra-delay", 0L, Frame::length),
            section.value("rate-factor", 1.0, Amounts.number(LEAST_FACTOR, MOST_FACTOR)));
    if (DISTURBANCES.stream().noneMatch(section::has)) {
      section.refuse(
          section.at(),
          "faults.link: say what is wrong with it; name some of "
              + String.join(", ", DISTURBANCES));
    }
    return new Fault.OnLink(link, at, length, disturbance);
  }

  private static Crash crash(Section section) {
    return new Crash(
        section.choice("point", Crash.Point.NOW, Crash.Point.class),
        section.value("survivors", 0.0, Amounts::share),
        down(section),
        section.flag("reboot", false));
  }

  private Fault restore(Section section, long at) {
    String node = gateway(section, "restore");
    Located<Long> copied = section.required("copied", 0L, frame::moment);
    if (section.has("copied") && section.has("at") && copied.value() >= at) {
      section.refuse(copied.at(), "faults.copied: the copy is made before it is put back");
    }
    return new Fault.Restore(node, copied.value(), at, down(section));
  }

  private Fault blackout(Section section, long at) {
    List<String> nodes = new ArrayList<>();
    for (Located<String> node : section.list("blackout", network::gateway)) {
      if (nodes.contains(node.value())) {
        section.refuse(node.at(), "faults.blackout: " + node.value() + " stands here twice");
      }
      nodes.add(node.value());
    }
    if (section.size("blackout") == 0) {
      section.refuse(section.at(), "faults.blackout: name the nodes that are without power");
    }
    return new Fault.Blackout(nodes, at, length(section));
  }

  private String direction(Section section, String key) {
    return section.required(key, "", network::direction).value();
  }

  private String gateway(Section section, String key) {
    return section.required(key, "", network::gateway).value();
  }

  private static long length(Section section) {
    return section.required("for", 1L, Frame::length).value();
  }

  private static long down(Section section) {
    return section.value("down", 0L, Times.between(0, Times.LONGEST));
  }

  /** What goes wrong by itself. */
  Optional<Chaos> chaos(Section root) {
    if (!root.has("chaos")) {
      return Optional.empty();
    }
    Section section = root.section("chaos");
    Chaos chaos =
        new Chaos(
            perDay(section, "crashes"),
            perDay(section, "link-faults"),
            perDay(section, "outages"),
            perDay(section, "clock-faults"),
            perDay(section, "disk-faults"),
            perDay(section, "restores"),
            perDay(section, "blackouts"));
    section.end();
    return Optional.of(chaos);
  }

  private static double perDay(Section section, String key) {
    return section.value(key, 0.0, Amounts.number(0, MOST_PER_DAY));
  }
}
