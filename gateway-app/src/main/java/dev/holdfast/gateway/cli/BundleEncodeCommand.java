package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.CanonicalBlock.Traffic;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.FragmentInfo;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.yaml.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast bundle encode}. */
@Command(
    name = "encode",
    sortOptions = false,
    description = {
      "Makes a bundle from options, or from a JSON document such as decode --json prints, and"
          + " prints it in hexadecimal digits, or writes it to a file.",
      "Without --created the bundle has no creation time and carries its age."
    })
final class BundleEncodeCommand implements Callable<Integer> {
  private static final long MOST_BYTES = 64L << 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--to", paramLabel = "EID", description = "Destination.")
  private String to = "";

  @Option(names = "--from", paramLabel = "EID", description = "Source (default: dtn:none).")
  private String from = "dtn:none";

  @Option(names = "--report-to", paramLabel = "EID", description = "Where reports go.")
  private String reportTo = "dtn:none";

  @Option(
      names = "--created",
      paramLabel = "TIME",
      description = "2026-11-21T08:00:00Z, or milliseconds since 2000 (default: none).")
  private String created = "0";

  @Option(names = "--sequence", paramLabel = "N", description = "Sequence number (default: 0).")
  private String sequence = "0";

  @Option(names = "--lifetime", paramLabel = "D", description = "Such as 30s, 2h (default: 1h).")
  private String lifetime = "1h";

  @Option(names = "--flags", paramLabel = "NAMES", description = "Such as report-delivery,0x40.")
  private String flags = "";

  @Option(
      names = "--crc",
      paramLabel = "TYPE",
      description = "CRC of the primary block: none, crc16 or crc32c (default).")
  private CrcType crc = CrcType.CRC32C;

  @Option(
      names = "--payload-crc",
      paramLabel = "TYPE",
      description = "CRC of the payload block: none, crc16 or crc32c (default).")
  private CrcType payloadCrc = CrcType.CRC32C;

  @Option(names = "--fragment", paramLabel = "OFFSET/TOTAL", description = "Make a fragment.")
  private String fragment = "";

  @Option(names = "--previous-node", paramLabel = "EID", description = "Add the block.")
  private String previousNode = "";

  @Option(names = "--age", paramLabel = "D", description = "Add a Bundle Age block.")
  private String age = "";

  @Option(names = "--hop-limit", paramLabel = "N", description = "Add a Hop Count block, 1 to 255.")
  private int hopLimit;

  @Option(
      names = "--class",
      paramLabel = "P",
      description = "Add a traffic class block: bulk, normal, expedited or urgent.")
  private String trafficClass = "";

  @Option(
      names = "--block",
      paramLabel = "TYPE[/FLAGS]=HEX",
      description = "Add a block of any type; may be repeated.")
  private List<String> blocks = List.of();

  @Option(names = "--payload", paramLabel = "TEXT", description = "The payload as text.")
  private String payload = "";

  @Option(names = "--payload-hex", paramLabel = "HEX", description = "The payload in hex.")
  private String payloadHex = "";

  @Option(names = "--payload-file", paramLabel = "FILE", description = "The payload as a file.")
  private String payloadFile = "";

  @Option(names = "--output", paramLabel = "FILE", description = "Write the bundle there, binary.")
  private String output = "";

  @Parameters(arity = "0..1", paramLabel = "JSON", description = "A document, in place of options.")
  private String document = "";

  @Override
  public Integer call() {
    if (document.isEmpty() == to.isEmpty()) {
      throw CommandException.unusable("give either --to EID and more options, or a JSON file");
    }
    Bundle bundle =
        document.isEmpty()
            ? fromOptions()
            : BundleRecipe.bundle(
                document, new String(file(document).toByteArray(), StandardCharsets.UTF_8));
    if (output.isEmpty()) {
      new Screen(spec).line(bundle.encoded().hex());
    } else {
      write(bundle);
    }
    return 0;
  }

  private Bundle fromOptions() {
    BundleBuilder builder =
        BundleBuilder.to(BundleRecipe.eid("--to", to))
            .from(BundleRecipe.eid("--from", from))
            .reportTo(BundleRecipe.eid("--report-to", reportTo))
            .created(new CreationTimestamp(time(), number("--sequence", sequence)))
            .lifetime(millis("--lifetime", lifetime))
            .flags(new BundleFlags(FlagNames.BUNDLE.parse("--flags", flags)))
            .primaryCrc(crc)
            .payloadCrc(payloadCrc);
    try {
      addBlocks(builder);
      if (!fragment.isEmpty()) {
        String[] parts = fragment.split("/", -1);
        if (parts.length != 2) {
          throw CommandException.unusable("--fragment is OFFSET/TOTAL, not " + fragment);
        }
        builder.fragment(
            new FragmentInfo(number("--fragment", parts[0]), number("--fragment", parts[1])));
      }
      return builder.build(payload());
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("no bundle comes of this: " + e.getMessage());
    }
  }

  private void addBlocks(BundleBuilder builder) {
    if (!previousNode.isEmpty()) {
      builder.previousNode(BundleRecipe.eid("--previous-node", previousNode));
    }
    if (!age.isEmpty()) {
      builder.age(millis("--age", age));
    } else if (time().isUnknown()) {
      builder.age(0);
    }
    if (hopLimit != 0) {
      builder.hopLimit(hopLimit);
    }
    if (!trafficClass.isEmpty()) {
      builder.traffic(Traffic.DEFAULT_TYPE, trafficClass(), 0, false, false);
    }
    for (String block : blocks) {
      int equals = block.indexOf('=');
      String left = equals < 0 ? block : block.substring(0, equals);
      int slash = left.indexOf('/');
      String type = slash < 0 ? left : left.substring(0, slash);
      String blockFlags = slash < 0 ? "" : left.substring(slash + 1);
      builder.block(
          number("--block", type),
          new BlockFlags(FlagNames.BLOCK.parse("--block", blockFlags)),
          hex("--block", equals < 0 ? "" : block.substring(equals + 1)));
    }
  }

  private TrafficClass trafficClass() {
    try {
      return TrafficClass.valueOf(trafficClass.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw CommandException.unusable(
          "--class is bulk, normal, expedited or urgent, not " + trafficClass);
    }
  }

  private Octets payload() {
    if (!payloadFile.isEmpty()) {
      return file(payloadFile);
    }
    return payloadHex.isEmpty()
        ? Octets.wrap(payload.getBytes(StandardCharsets.UTF_8))
        : hex("--payload-hex", payloadHex);
  }

  private DtnTime time() {
    if (created.indexOf('T') < 0) {
      return new DtnTime(number("--created", created));
    }
    try {
      return DtnTime.of(Instant.parse(created));
    } catch (DateTimeException _) {
      throw CommandException.unusable(
          "--created '" + created + "' is no time; write 2026-11-21T08:00:00Z");
    }
  }

  private static long number(String option, String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException _) {
      throw CommandException.unusable(
          option + " takes a number from 0 to 18446744073709551615, not '" + text + "'");
    }
  }

  private static long millis(String option, String text) {
    try {
      return Units.duration(text).toMillis();
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable(option + ": " + e.getMessage());
    }
  }

  private static Octets hex(String option, String text) {
    try {
      return Octets.ofHex(text);
    } catch (IllegalArgumentException _) {
      throw CommandException.unusable(option + ": '" + text + "' is not hexadecimal");
    }
  }

  private static Octets file(String name) {
    try {
      if (name.equals("-")) {
        return bounded(name, System.in.readNBytes((int) MOST_BYTES + 1));
      }
      Path path = Path.of(name);
      if (Files.size(path) > MOST_BYTES) {
        throw tooLarge(name);
      }
      return Octets.wrap(Files.readAllBytes(path));
    } catch (IOException e) {
      throw CommandException.unusable(name + ": cannot be read: " + e);
    }
  }

  private static Octets bounded(String name, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw tooLarge(name);
    }
    return Octets.wrap(bytes);
  }

  private static CommandException tooLarge(String name) {
    return CommandException.unusable(name + ": more than " + MOST_BYTES + " bytes");
  }

  private void write(Bundle bundle) {
    try {
      Path _ = Files.write(Path.of(output), bundle.encoded().toByteArray());
    } catch (IOException e) {
      throw CommandException.failed("--output " + output + ": cannot be written: " + e);
    }
  }
}
