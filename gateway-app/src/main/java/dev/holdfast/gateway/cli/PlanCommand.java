package dev.holdfast.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast plan}: contact plans as files. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Work with contact plans: check, show, draw, compare, convert, generate, find routes.",
    commandListHeading = "%nCommands:%n",
    description = {
      "",
      "versions, edits, add, change and cancel ask a running gateway, which --api names; all others"
          + " work on files.",
      "",
      "Formats: ion (ION administration text), hdtn (HDTN JSON), tvgutil (JSON of dtn-tvg-util), csv"
          + " (from,to,start_s,end_s,rate_bytes_per_s,owlt_s), asabr (A-SABR text), ccm (CORE"
          + " contact plan), ud3tn (µD3TN commands, one node's view), yaml (for people: names, dates, passes that"
          + " recur). The content tells which it is.",
      "",
      "A plan may count its times from an epoch that it does not name. Then they are shown as"
          + " +SECONDS, unless --epoch says what they count from."
    },
    subcommands = {
      PlanCheckCommand.class,
      PlanShowCommand.class,
      PlanGanttCommand.class,
      PlanDiffCommand.class,
      PlanConvertCommand.class,
      PlanGenerateCommand.class,
      PlanVersionsCommand.class,
      PlanEditsCommand.class,
      PlanAddCommand.class,
      PlanChangeCommand.class,
      PlanCancelCommand.class,
      PlanRouteCommand.class
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
