package dev.holdfast.gateway.scenario;

import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.gateway.replay.Scenario.ContactRule;
import dev.holdfast.gateway.replay.Scenario.LinkSpec;
import dev.holdfast.gateway.replay.Scenario.PlanSource;
import dev.holdfast.gateway.replay.Scenario.TraceFile;
import dev.holdfast.gateway.replay.Scenario.Window;
import dev.holdfast.gateway.sim.Channel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what truly happens to links, by rule and by file, and what nodes believe of it. */
final class ContactReader {
  /** How traces may be written. */
  static final List<String> FORMATS =
      List.of("linktrace", "one", "mahimahi", "csv", "plan", "capture");

  private final Frame frame;
  private final Network network;

  ContactReader(Frame frame) {
    this.frame = frame;
    this.network = frame.network();
  }

  /** All rules. */
  List<ContactRule> rules(Section root) {
    List<ContactRule> rules = new ArrayList<>();
    for (Section section : root.sections("contacts")) {
      rules.add(rule(section));
      section.end();
    }
    return rules;
  }

  private ContactRule rule(Section section) {
    Located<String> from = section.required("from", "", network::node);
    Located<String> to = section.required("to", "", network::node);
    boolean named = !from.value().isEmpty() && !to.value().isEmpty();
    Optional<LinkSpec> link = network.link(from.value(), to.value());
    if (named && link.isEmpty()) {
      section.refuse(to.at(), "contacts: " + Network.lack(from.value(), to.value()));
    }
    long first = section.value("first", 0L, frame::moment);
    Optional<Long> every = section.optional("every", Frame::length);
    Located<Long> length = section.required("for", 1L, Frame::length);
    Located<Long> until =
        section
            .located("until", frame::end)
            .orElse(new Located<>(section.at(), frame.durationNanos()));
    if (until.value() <= first) {
      section.refuse(until.at(), "contacts.until: it is not after first, so there is no contact");
    }
    if (every.filter(gap -> gap < length.value()).isPresent()) {
      section.refuse(
          length.at(), "contacts.for: longer than every, so that contacts run into each other");
    }
    return new ContactRule(
        from.value(),
        to.value(),
        section.flag("both-ways", false),
        first,
        every.orElse(frame.durationNanos()), // The next one would start when all is over.
        length.value(),
        until.value(),
        Frame.channel(section, link.map(LinkSpec::channel).orElse(Channel.PERFECT)),
        except(section));
  }

  private List<Window> except(Section section) {
    List<Window> windows = new ArrayList<>();
    for (Section block : section.sections("except")) {
      long from = block.required("from", 0L, frame::moment).value();
      Located<Long> to = block.required("to", frame.durationNanos(), frame::end);
      if (to.value() <= from) {
        block.refuse(to.at(), "contacts.except.to: it is not after from");
      }
      windows.add(new Window(from, to.value()));
      block.end();
    }
    return windows;
  }

  /** All traces. */
  List<TraceFile> traces(Section root) {
    List<TraceFile> traces = new ArrayList<>();
    for (Section section : root.sections("traces")) {
      Path file = frame.file(section, "file");
      Optional<String> link = section.optional("link", network::direction);
      traces.add(
          new TraceFile(
              file,
              section.optional("format", text -> Section.oneOf(text, FORMATS)),
              Frame.channel(section, link.map(this::channel).orElse(Channel.PERFECT)),
              section.value("at", 0L, frame::moment),
              link));
      section.end();
    }
    return traces;
  }

  private Channel channel(String direction) {
    String[] ends = direction.split(">", -1);
    return network.link(ends[0], ends[1]).map(LinkSpec::channel).orElse(Channel.PERFECT);
  }

  /** What nodes believe. */
  PlanSource plan(Section root) {
    return switch (root.value("plan", "truth", text -> text)) {
      case "truth" -> new PlanSource.Truth();
      case "none" -> new PlanSource.None();
      default -> new PlanSource.PlanFile(frame.file(root, "plan"));
    };
  }
}
