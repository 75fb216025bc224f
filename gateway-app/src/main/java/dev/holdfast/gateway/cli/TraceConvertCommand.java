package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.TraceFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast trace convert}: a trace as a link trace, and the bundles of a capture. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    header = "Write a trace as linktrace, and the bundles that crossed in a capture as files.",
    footer = {
      "",
      "With --bundles, each bundle of a capture that crossed whole is written to DIR as"
          + " NNNNNN-FROM-TO.bundle, with the number that its xfer event has as id."
    })
final class TraceConvertCommand implements Callable<Integer> {
  private static final int CHUNK = 1 << 16;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TraceInput input = new TraceInput();

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "linktrace",
      description = "linktrace (the default).")
  private String to = "linktrace";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Write to this file (default: standard output).")
  private @Nullable Path output;

  @Option(
      names = "--bundles",
      paramLabel = "DIR",
      description = "Write the bundles of a capture into this directory, made if it is missing.")
  private @Nullable Path bundles;

  @Option(names = "--json", description = "One JSON document about what was written; needs -o.")
  private boolean json;

  @Override
  public Integer call() {
    if (!to.equals(TraceFormat.LINKTRACE.label())) {
      throw CommandException.unusable("--to: '" + to + "' cannot be written; write linktrace");
    }
    if (json && output == null) {
      throw CommandException.unusable("--json: the trace itself is no JSON; name a file with -o");
    }
    PrintWriter err = spec.commandLine().getErr();
    if (bundles == null) {
      return input.read(err, _ -> {}, (_, trace) -> convert(trace, Optional.empty()));
    }
    try (BundleFolder folder = new BundleFolder(bundles)) {
      return input.read(err, folder, (_, trace) -> convert(trace, Optional.of(folder)));
    }
  }

  private int convert(LinkTrace trace, Optional<BundleFolder> folder) {
    PrintWriter out = spec.commandLine().getOut();
    Path file = output;
    if (file == null) {
      print(trace, out);
      out.flush();
      return 0;
    }
    long events = printTo(trace, file);
    if (json) {
      out.println(
          JsonText.line(
              document -> {
                document.writeStringProperty("trace", file.toString());
                document.writeNumberProperty("events", events);
                folder.ifPresent(
                    some -> {
                      document.writeStringProperty("dir", String.valueOf(bundles));
                      document.writeNumberProperty("bundles", some.whole());
                      document.writeNumberProperty("bundle_bytes", some.bytes());
                    });
              }));
      out.flush();
    }
    return 0;
  }

  /** Writes beside the file first, so that there is never half of it. */
  private static long printTo(LinkTrace trace, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        long events = printWhole(trace, part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return events;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw CommandException.failed(
          file + ": cannot be written: " + e.getMessage() + "; name another file");
    }
  }

  private static long printWhole(LinkTrace trace, Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      long events = print(trace, out);
      if (out.checkError()) {
        throw new IOException("the disk may be full");
      }
      return events;
    }
  }

  private static long print(LinkTrace trace, PrintWriter out) {
    StringBuilder text = new StringBuilder();
    LinkTraceText.printHeader(trace.epoch(), text);
    long events = 0;
    while (trace.hasNext()) {
      LinkTraceText.print(trace.next(), text);
      events++;
      if (text.length() > CHUNK) {
        out.append(text);
        text.setLength(0);
      }
    }
    out.append(text);
    return events;
  }
}
