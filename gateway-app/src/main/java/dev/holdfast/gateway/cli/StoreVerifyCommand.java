package dev.holdfast.gateway.cli;

import dev.holdfast.custody.rocks.Finding;
import dev.holdfast.custody.rocks.StoreInspection;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast store verify}: reads everything and compares it. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    header = "Read the whole store: every record, index, counter, payload and CRC.",
    footer = {
      "",
      "With --json, one object a finding and line, then one that sums up.",
      "Exit codes: 0 sound; 1 something is broken; 2 no store that can be looked into."
    })
final class StoreVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private StoreInput input = new StoreInput();

  @Override
  public Integer call() {
    return input.look(this::verify);
  }

  private int verify(StoreInspection inspection) {
    PrintWriter out = spec.commandLine().getOut();
    StoreInspection.Verified verified = inspection.verify(finding -> out.println(line(finding)));
    out.println(input.json() ? summary(verified) : words(verified));
    out.flush();
    return verified.faults() == 0 ? 0 : 1;
  }

  private String line(Finding finding) {
    if (!input.json()) {
      return finding.kind().title() + ": " + finding.where() + ": " + finding.problem();
    }
    return JsonText.line(
        json -> {
          json.writeStringProperty("kind", finding.kind().title());
          json.writeBooleanProperty("fault", finding.kind().isFault());
          json.writeStringProperty("where", finding.where());
          json.writeStringProperty("problem", finding.problem());
        });
  }

  private static String summary(StoreInspection.Verified verified) {
    return JsonText.line(
        json -> {
          json.writeBooleanProperty("ok", verified.faults() == 0);
          json.writeNumberProperty("bundles", verified.bundles());
          json.writeNumberProperty("bytes", verified.bytes());
          json.writeNumberProperty("remembered", verified.remembered());
          json.writeNumberProperty("records", verified.records().count());
          json.writeNumberProperty("record_bytes", verified.records().bytes());
          json.writeNumberProperty("payload_files", verified.payloadFiles());
          json.writeNumberProperty("faults", verified.faults());
          json.writeNumberProperty("untied", verified.untied());
        });
  }

  private String words(StoreInspection.Verified verified) {
    String faults =
        switch ((int) Math.min(verified.faults(), 2)) {
          case 0 -> "sound";
          case 1 -> "1 fault";
          default -> verified.faults() + " faults";
        };
    return input.directory()
        + ": "
        + faults
        + ": "
        + verified.bundles()
        + " bundles of "
        + StoreTable.size(verified.bytes())
        + ", "
        + verified.payloadFiles()
        + " payload files, "
        + verified.remembered()
        + " remembered records, "
        + verified.records().count()
        + " records of twins of "
        + StoreTable.size(verified.records().bytes());
  }
}
