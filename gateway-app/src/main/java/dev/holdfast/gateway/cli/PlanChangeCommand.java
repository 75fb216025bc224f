package dev.holdfast.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast plan change}: a contact of a running gateway. */
@Command(
    name = "change",
    mixinStandardHelpOptions = true,
    header = "Change a contact in the plan of a running gateway.",
    description = {
      "",
      "The contact is checked like one of a plan file and is in force at once, over the file: it"
          + " lives on over a restart and a reload. See holdfast plan edits."
    })
final class PlanChangeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Mixin private PlanContactOptions contact = new PlanContactOptions();

  @Mixin private PlanContactValues values = new PlanContactValues();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    if (values.isEmpty()) {
      throw CommandException.unusable("say what to change: --end, --rate, --owlt or --confidence");
    }
    String body = JsonText.line(values::write);
    PlanAnswer.tell(spec, gateway.client().send("PATCH", contact.path(), body), json);
    return 0;
  }
}
