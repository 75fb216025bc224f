package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.contacts.trace.TraceFormat;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast trace show}: the events of a trace. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    header = "Show the events of a trace, one a line, times in seconds since its start.",
    footer = {"", "The lines are those of the linktrace format."})
final class TraceShowCommand implements Callable<Integer> {
  private static final int CHUNK = 1 << 16;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TraceInput input = new TraceInput();

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "Only events of links from or to this node.")
  private @Nullable String node;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Stop after so many events (default: all).")
  private long count = Long.MAX_VALUE;

  @Option(names = "--json", description = "JSON lines on standard output, one for each event.")
  private boolean json;

  @Override
  public Integer call() {
    return input.read(spec.commandLine().getErr(), _ -> {}, this::show);
  }

  private int show(TraceFormat format, LinkTrace trace) {
    PrintWriter out = spec.commandLine().getOut();
    StringBuilder text = new StringBuilder();
    if (!json) {
      LinkTraceText.printHeader(trace.epoch(), text);
    }
    try {
      print(trace, text, out);
    } finally { // What comes before a line that cannot be read is shown too.
      out.append(text);
      out.flush();
    }
    return 0;
  }

  private void print(LinkTrace trace, StringBuilder text, PrintWriter out) {
    long left = count;
    while (left > 0 && trace.hasNext()) {
      TraceEvent event = trace.next();
      if (node == null || event.from().equals(node) || event.to().equals(node)) {
        left--;
        if (json) {
          text.append(TraceTable.json(event)).append('\n');
        } else {
          LinkTraceText.print(event, text);
        }
      }
      if (text.length() > CHUNK) {
        out.append(text);
        text.setLength(0);
        if (out.checkError()) {
          return; // Whoever reads this has seen enough.
        }
      }
    }
  }
}
