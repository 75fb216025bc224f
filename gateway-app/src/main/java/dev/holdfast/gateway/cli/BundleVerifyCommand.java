package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.Fault;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast bundle verify}. */
@Command(
    name = "verify",
    sortOptions = false,
    description = "Says whether a bundle keeps the rules of RFC 9171 and its CRCs are right.")
final class BundleVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LenientOption lenient = new LenientOption();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Parameters(paramLabel = "FILE|HEX", description = "The bundle; - for standard input.")
  private String bundle = "";

  @Override
  public Integer call() {
    Screen screen = new Screen(spec);
    return switch (BundleInput.judge(bundle, lenient.options())) {
      case BundleInput.Verdict.Good(BundleInput.Read read) -> {
        screen.line(json ? good(read.head()) : sentence(read.head()));
        yield 0;
      }
      case BundleInput.Verdict.Bad(String name, Fault fault) -> {
        if (json) {
          screen.line(bad(fault));
        }
        throw CommandException.unusable(name + ": " + fault);
      }
    };
  }

  private static String sentence(BundleHead head) {
    return "valid: "
        + head.id()
        + ", "
        + (head.extensions().size() + 2)
        + " blocks, "
        + checked(head)
        + " CRCs good, payload "
        + head.payload().length()
        + " bytes";
  }

  private static long checked(BundleHead head) {
    long extensions =
        head.extensions().stream().filter(e -> e.block().header().crc() != CrcType.NONE).count();
    return extensions
        + (head.primary().crc() == CrcType.NONE ? 0 : 1)
        + (head.payload().crc() == CrcType.NONE ? 0 : 1);
  }

  private static String good(BundleHead head) {
    return JsonText.line(
        out -> {
          out.writeBooleanProperty("valid", true);
          out.writeStringProperty("id", head.id().toString());
          out.writeNumberProperty("blocks", head.extensions().size() + 2);
          out.writeNumberProperty("crcs", checked(head));
          out.writeNumberProperty("payload_bytes", head.payload().length());
        });
  }

  private static String bad(Fault fault) {
    return JsonText.line(
        out -> {
          out.writeBooleanProperty("valid", false);
          out.writeNumberProperty("offset", fault.offset());
          out.writeStringProperty("section", fault.section());
          out.writeStringProperty("reason", fault.reason());
        });
  }
}
