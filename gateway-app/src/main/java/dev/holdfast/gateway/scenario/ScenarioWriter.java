package dev.holdfast.gateway.scenario;

import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.replay.Scenario.Chaos;
import dev.holdfast.gateway.replay.Scenario.ContactRule;
import dev.holdfast.gateway.replay.Scenario.Flow;
import dev.holdfast.gateway.replay.Scenario.LinkSpec;
import dev.holdfast.gateway.replay.Scenario.NodeSpec;
import dev.holdfast.gateway.replay.Scenario.PlanSource;
import dev.holdfast.gateway.replay.Scenario.TraceFile;
import dev.holdfast.gateway.replay.Scenario.Window;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.HostileNode.Manner;
import dev.holdfast.gateway.turn.NodeSettings.HoldLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a scenario as {@link ScenarioReader} reads it: everything is written out, and what is read
 * again is the same. What would begin after the end, in a scenario that was cut short, is written
 * as something that never happens, or left out where that changes nothing.
 */
public final class ScenarioWriter {
  private final Scenario scenario;
  private final Path base;
  private final StringBuilder out = new StringBuilder();

  private ScenarioWriter(Scenario scenario, Path base) {
    this.scenario = scenario;
    this.base = base;
  }

  /**
   * The text of a scenario.
   *
   * @param base where it will stand: files below it are named relative to it
   */
  public static String write(Scenario scenario, Path base) {
    return new ScenarioWriter(scenario, base).write();
  }

  private String write() {
    line("scenario", FlowBlock.text(scenario.name()));
    line("start", scenario.start().toInstant().toString());
    line("duration", Times.text(scenario.durationNanos()));
    line("seed", Long.toString(scenario.seed()));
    out.append("nodes:\n");
    scenario.nodes().forEach(this::node);
    list("links", scenario.links().stream().map(ScenarioWriter::link).toList());
    list("contacts", scenario.contacts().stream().map(this::contact).toList());
    list("traces", scenario.traces().stream().map(this::trace).toList());
    line("plan", plan());
    list("traffic", scenario.traffic().stream().map(this::flow).toList());
    list(
        "faults",
        scenario.faults().stream()
            .filter(fault -> !isOver(fault.atNanos()))
            .map(FaultText::write)
            .toList());
    scenario.chaos().ifPresent(chaos -> line("chaos", chaos(chaos)));
    list(
        "expect",
        scenario.expectations().stream().map(each -> FlowBlock.quoted(each.text())).toList());
    return out.toString();
  }

  private void line(String key, String value) {
    out.append(key).append(": ").append(value).append('\n');
  }

  private void list(String key, List<String> items) {
    if (!items.isEmpty()) {
      out.append(key).append(":\n");
      items.forEach(item -> out.append("  - ").append(item).append('\n'));
    }
  }

  private void node(NodeSpec node) {
    FlowBlock block = new FlowBlock().text("id", node.id().toString());
    node.hostile().ifPresent(manner -> hostile(block, manner));
    block.raw("sync", Times.text(node.syncNanos()));
    if (node.holdBytes() != HoldLimits.DEFAULT.bytes()) {
      block.raw("store", Amounts.sizeText(node.holdBytes()));
    }
    if (node.driftPpm() != 0) {
      block.raw("drift", node.driftPpm() + "ppm");
    }
    out.append("  ").append(FlowBlock.text(node.name())).append(": ").append(block).append('\n');
  }

  private static void hostile(FlowBlock block, Manner manner) {
    block
        .list("hostile", manner.acts().stream().map(Section::spelled).toList())
        .raw("every", Times.text(manner.everyNanos()))
        .flag("swallows", manner.swallows())
        .list("victims", manner.victims().stream().map(Object::toString).toList());
  }

  private static String link(LinkSpec link) {
    FlowBlock block =
        new FlowBlock()
            .list("between", List.of(link.first(), link.second()))
            .raw("protocol", link.protocol());
    channel(block, link.channel());
    block.flag("always", link.always());
    patterns(block, "routes", link.routes());
    patterns(block, "routes-back", link.routesBack());
    return block.toString();
  }

  private static void patterns(FlowBlock block, String key, List<EidPattern> patterns) {
    if (!patterns.isEmpty()) {
      block.list(key, patterns.stream().map(Object::toString).toList());
    }
  }

  private static void channel(FlowBlock block, Channel channel) {
    block
        .raw("rate", Amounts.rateText(channel.bytesPerSecond()))
        .raw("delay", Times.text(channel.lightNanos()))
        .raw("loss", Amounts.shareText(channel.loss()));
  }

  private String contact(ContactRule rule) {
    FlowBlock block =
        new FlowBlock()
            .text("from", rule.from())
            .text("to", rule.to())
            .flag("both-ways", rule.bothWays())
            .raw("first", Times.text(isOver(rule.firstNanos()) ? 0 : rule.firstNanos()))
            .raw("every", Times.text(rule.everyNanos()))
            .raw("for", Times.text(rule.lengthNanos()))
            .raw("until", Times.text(end(rule.untilNanos())));
    channel(block, rule.channel());
    List<Window> windows =
        isOver(rule.firstNanos())
            ? List.of(new Window(0, scenario.durationNanos())) // None, yet the link follows rules.
            : rule.except();
    List<String> except =
        windows.stream().filter(window -> !isOver(window.fromNanos())).map(this::window).toList();
    if (!except.isEmpty()) {
      block.raw("except", "[" + String.join(", ", except) + "]");
    }
    return block.toString();
  }

  private String window(Window window) {
    return new FlowBlock()
        .raw("from", Times.text(window.fromNanos()))
        .raw("to", Times.text(end(window.toNanos())))
        .toString();
  }

  private boolean isOver(long nanos) {
    return nanos >= scenario.durationNanos();
  }

  private long end(long nanos) {
    return Math.min(nanos, scenario.durationNanos());
  }

  private String trace(TraceFile trace) {
    FlowBlock block = new FlowBlock().text("file", path(trace.file()));
    trace.format().ifPresent(format -> block.text("format", format));
    channel(block, trace.channel());
    block.raw("at", Times.text(Math.min(trace.offsetNanos(), scenario.durationNanos() - 1)));
    trace.link().ifPresent(link -> block.text("link", link));
    return block.toString();
  }

  private String plan() {
    return switch (scenario.plan()) {
      case PlanSource.Truth() -> "truth";
      case PlanSource.None() -> "none";
      case PlanSource.PlanFile(Path file) -> FlowBlock.quoted(file(path(file)));
    };
  }

  /** A file of that name, which may be one of the words that mean something else. */
  private static String file(String path) {
    return path.equals("truth") || path.equals("none") ? "./" + path : path;
  }

  private String path(Path file) {
    boolean alike = file.isAbsolute() == base.isAbsolute();
    boolean relative = alike && (file.startsWith(base) || !file.isAbsolute());
    return (relative ? base.relativize(file) : file).toString();
  }

  private String flow(Flow flow) {
    boolean never = isOver(flow.firstNanos());
    FlowBlock block =
        new FlowBlock()
            .text("from", flow.source().toString())
            .text("to", flow.to().toString())
            .raw("first", Times.text(never ? 0 : flow.firstNanos()))
            .raw("every", Times.text(flow.everyNanos()))
            .flag("random", flow.random());
    if (never || flow.count() != FlowReader.NO_LIMIT) {
      block.raw("count", Long.toString(never ? 0 : flow.count()));
    }
    String least = Amounts.sizeText(flow.leastBytes());
    String most = Amounts.sizeText(flow.mostBytes());
    return block
        .raw("size", least.equals(most) ? least : least + ".." + most)
        .raw("class", Section.spelled(flow.trafficClass()))
        .raw("lifetime", Times.text(flow.lifetimeMillis() * Times.MILLI))
        .flag("best-effort", flow.bestEffort())
        .flag("critical", flow.critical())
        .toString();
  }

  private static String chaos(Chaos chaos) {
    return new FlowBlock()
        .raw("crashes", Amounts.numberText(chaos.crashesPerDay()))
        .raw("link-faults", Amounts.numberText(chaos.linkFaultsPerDay()))
        .raw("outages", Amounts.numberText(chaos.outagesPerDay()))
        .raw("clock-faults", Amounts.numberText(chaos.clockFaultsPerDay()))
        .raw("disk-faults", Amounts.numberText(chaos.diskFaultsPerDay()))
        .raw("restores", Amounts.numberText(chaos.restoresPerDay()))
        .raw("blackouts", Amounts.numberText(chaos.blackoutsPerDay()))
        .toString();
  }
}
