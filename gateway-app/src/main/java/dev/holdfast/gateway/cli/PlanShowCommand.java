package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.PlanJson;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast plan show}: a plan as a table. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    header = "Show the contacts of a plan as a table, by start.",
    footer = {
      "",
      "With --json, members that end in _s are seconds after the epoch, which without --epoch is"
          + " 2000-01-01T00:00:00Z or the zero that the plan does not name."
    })
final class PlanShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PlanInput input = new PlanInput();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<PlanReading.Parsed> read = input.plan(spec.commandLine().getErr());
    if (read.isEmpty()) {
      return 2;
    }
    PlanReading.Parsed parsed = read.get();
    List<Contact> contacts = contacts(parsed);
    if (json) {
      out.println(PlanJson.show(input.name(), parsed, contacts, input.zero()));
    } else {
      out.print(PlanTable.of(parsed.plan(), contacts, parsed.floating()));
      out.flush();
    }
    return 0;
  }

  private List<Contact> contacts(PlanReading.Parsed parsed) {
    List<Contact> all = parsed.plan().chronological();
    if (input.node().isEmpty()) {
      return all;
    }
    NodeNumber wanted = input.node().get();
    if (!parsed.plan().knows(wanted)) {
      throw CommandException.unusable("--node: the plan does not know node " + wanted);
    }
    return all.stream().filter(c -> c.from().equals(wanted) || c.to().equals(wanted)).toList();
  }
}
