package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.TraceFormat;
import dev.holdfast.contacts.trace.TraceSummary;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast trace check}: whether a trace can be read, and what it says in all. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    header = "Read a trace to its end and sum it up: nodes, links, time up, volume.",
    footer = {
      "",
      "The volume is what the rates and opportunities of a link could have carried while it was up,"
          + " as far as they are said.",
      "",
      "Exit codes: 0 the trace is usable; 2 it is not."
    })
final class TraceCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TraceInput input = new TraceInput();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    return input.read(spec.commandLine().getErr(), _ -> {}, this::check);
  }

  private int check(TraceFormat format, LinkTrace trace) {
    PrintWriter out = spec.commandLine().getOut();
    TraceSummary summary = new TraceSummary();
    trace.forEachRemaining(summary::add);
    if (json) {
      out.println(TraceTable.json(input.name(), format, trace, summary));
    } else {
      TraceTable.lines(input.name(), format, trace, summary).forEach(out::println);
    }
    out.flush();
    return 0;
  }
}
