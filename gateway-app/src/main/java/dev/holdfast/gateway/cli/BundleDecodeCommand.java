package dev.holdfast.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code holdfast bundle decode}. */
@Command(
    name = "decode",
    sortOptions = false,
    description = "Shows every block and field of a bundle.")
final class BundleDecodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LenientOption lenient = new LenientOption();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Parameters(paramLabel = "FILE|HEX", description = "The bundle; - for standard input.")
  private String bundle = "";

  @Override
  public Integer call() {
    ObjectNode document = BundleDocument.of(BundleInput.read(bundle, lenient.options()));
    Screen screen = new Screen(spec);
    if (json) {
      screen.line(document.toString());
    } else {
      BundleTree.of(document).forEach(screen::line);
    }
    return 0;
  }
}
