package dev.holdfast.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast plan cancel}: a contact of a running gateway. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    header = "Cancel a contact in the plan of a running gateway.",
    description = {
      "",
      "The contact is out of the plan at once, whatever the file says, and stays so over a"
          + " restart and a reload. See holdfast plan edits."
    })
final class PlanCancelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Mixin private PlanContactOptions contact = new PlanContactOptions();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    PlanAnswer.tell(spec, gateway.client().send("DELETE", contact.path(), ""), json);
    return 0;
  }
}
