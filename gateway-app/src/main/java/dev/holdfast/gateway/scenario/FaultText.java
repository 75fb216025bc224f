package dev.holdfast.gateway.scenario;

import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.gateway.replay.Fault;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;

/** Writes what goes wrong. Pure. */
final class FaultText {
  private FaultText() {}

  /** A fault as {@link FaultReader} reads it. */
  static String write(Fault fault) {
    FlowBlock block = new FlowBlock().raw("at", Times.text(fault.atNanos()));
    return switch (fault) {
      case Fault.OnLink on -> {
        block.text("link", on.link()).raw("for", Times.text(on.forNanos()));
        disturbance(block, on.disturbance());
        yield block.toString();
      }
      case Fault.Reset reset -> block.text("reset", reset.link()).toString();
      case Fault.NodeCrash crash -> {
        block.text("crash", crash.node());
        crash(block, crash.crash());
        yield block.toString();
      }
      case Fault.DiskFull full ->
          block.text("disk-full", full.node()).raw("for", Times.text(full.forNanos())).toString();
      case Fault.Restore restore ->
          block
              .text("restore", restore.node())
              .raw("copied", Times.text(restore.copiedNanos()))
              .raw("down", Times.text(restore.downNanos()))
              .toString();
      case Fault.WrongClock wrong ->
          block
              .text("clock", wrong.node())
              .raw("for", Times.text(wrong.forNanos()))
              .raw("offset", Times.offsetText(wrong.offsetMillis()))
              .flag("trusted", wrong.trusted())
              .toString();
      case Fault.Blackout blackout ->
          block
              .list("blackout", blackout.nodes())
              .raw("for", Times.text(blackout.forNanos()))
              .toString();
    };
  }

  private static void disturbance(FlowBlock block, Disturbance disturbance) {
    if (disturbance.blocks()) {
      block.flag("block", true);
    }
    share(block, "loss", disturbance.loss());
    share(block, "duplicate", disturbance.duplication());
    share(block, "bit-errors", disturbance.bitErrors());
    if (disturbance.jitterNanos() > 0) {
      block.raw("reorder", Times.text(disturbance.jitterNanos()));
    }
    if (disturbance.extraNanos() > 0) {
      block.raw("extra-delay", Times.text(disturbance.extraNanos()));
    }
    if (disturbance.rateFactor() != Disturbance.none().rateFactor()) {
      block.raw("rate-factor", Amounts.numberText(disturbance.rateFactor()));
    }
  }

  private static void share(FlowBlock block, String key, double share) {
    if (share > 0) {
      block.raw(key, Amounts.shareText(share));
    }
  }

  private static void crash(FlowBlock block, Crash crash) {
    block
        .raw("point", Section.spelled(crash.point()))
        .raw("survivors", Amounts.shareText(crash.survivors()))
        .raw("down", Times.text(crash.downNanos()))
        .flag("reboot", crash.reboot());
  }
}
