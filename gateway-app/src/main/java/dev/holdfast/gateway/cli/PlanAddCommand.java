package dev.holdfast.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast plan add}: a contact of a running gateway. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    header = "Add a contact to the plan of a running gateway.",
    description = {
      "",
      "The contact is checked like one of a plan file and is in force at once, over the file: it"
          + " lives on over a restart and a reload. See holdfast plan edits."
    })
final class PlanAddCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Mixin private PlanContactOptions contact = new PlanContactOptions();

  @Mixin private PlanContactValues values = new PlanContactValues();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    if (!values.isWhole()) {
      throw CommandException.unusable("say what it is: --end, --rate and --owlt");
    }
    String body =
        JsonText.line(
            out -> {
              out.writeStringProperty("from", contact.from().toString());
              out.writeStringProperty("to", contact.to().toString());
              out.writeStringProperty("start", contact.start().toString());
              values.write(out);
            });
    PlanAnswer.tell(spec, gateway.client().send("POST", "/plan/contacts", body), json);
    return 0;
  }
}
