package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleIntake;
import dev.holdfast.bpv7.BundleIntake.Output;
import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.wire.Octets;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A bundle that a command was given. It is read in pieces, so that a large one needs no memory; of
 * the payload only the beginning is kept.
 */
final class BundleInput {
  /** Payload bytes that are kept for showing. */
  static final int SHOWN = 64 << 10;

  private static final int CHUNK = 64 << 10;
  private static final int MOST_HEX = 64 << 20;

  private final String name;
  private final MessageDigest digest = sha256();
  private final List<Octets> beginning = new ArrayList<>();
  private int kept;
  private Optional<BundleHead> head = Optional.empty();

  private BundleInput(String name) {
    this.name = name;
  }

  /**
   * What was read.
   *
   * @param head the bundle without its payload
   * @param payload the beginning of the payload, {@value #SHOWN} bytes at most
   * @param sha256 the digest of the whole payload in hex
   * @param trailer what follows the payload
   */
  record Read(BundleHead head, Octets payload, String sha256, Octets trailer) {
    /** Whether all of the payload is there. */
    boolean isWhole() {
      return payload.size() == head.payload().length();
    }
  }

  /** What came of it: a bundle or the rule it breaks. */
  sealed interface Verdict {
    /** A bundle. */
    record Good(Read read) implements Verdict {}

    /** None. */
    record Bad(String name, Fault fault) implements Verdict {}
  }

  /**
   * The bundle that {@code argument} names.
   *
   * @throws CommandException with one line for the user if it is none
   */
  static Read read(String argument, ReadOptions options) {
    return switch (judge(argument, options)) {
      case Verdict.Good(Read read) -> read;
      case Verdict.Bad(String name, Fault fault) ->
          throw CommandException.unusable(name + ": " + fault);
    };
  }

  /** As {@link #read}, but a broken rule is an answer. */
  static Verdict judge(String argument, ReadOptions options) {
    try {
      if (argument.equals("-")) {
        return judge("standard input", System.in, options);
      }
      Path path = path(argument);
      if (Files.isRegularFile(path)) {
        try (InputStream file = Files.newInputStream(path)) {
          return judge(argument, file, options);
        }
      }
      return new BundleInput("the bundle given").take(hex(argument, argument), options);
    } catch (IOException e) {
      throw CommandException.unusable(argument + ": cannot be read: " + e.getMessage());
    }
  }

  private static Path path(String argument) {
    try {
      return argument.length() > 4096 ? Path.of("") : Path.of(argument);
    } catch (InvalidPathException _) {
      return Path.of("");
    }
  }

  private static Verdict judge(String name, InputStream source, ReadOptions options)
      throws IOException {
    BufferedInputStream in = new BufferedInputStream(source, CHUNK);
    in.mark(1);
    int first = in.read();
    in.reset();
    // A bundle begins with an array, 80 to 9f; hexadecimal text with a digit or white space.
    boolean isText = first >= 0 && first < 0x80;
    return new BundleInput(name).take(isText ? hex(name, text(name, in)) : in, options);
  }

  private static String text(String name, InputStream in) throws IOException {
    byte[] text = in.readNBytes(MOST_HEX + 1);
    if (text.length > MOST_HEX) {
      throw CommandException.unusable(
          name + ": more than " + MOST_HEX + " digits; give a large bundle as a binary file");
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static InputStream hex(String name, String text) {
    String digits = text.replaceAll("\\s+", "");
    for (int i = 0; i < digits.length(); i++) {
      if (!HexFormat.isHexDigit(digits.charAt(i))) {
        String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
        throw CommandException.unusable(
            shown + ": no such file, and not hexadecimal either (character " + (i + 1) + ")");
      }
    }
    if (digits.length() % 2 != 0) {
      throw CommandException.unusable(
          "an odd number of hexadecimal digits, " + digits.length() + ": the last byte is half");
    }
    return new ByteArrayInputStream(HexFormat.of().parseHex(digits));
  }

  private Verdict take(InputStream in, ReadOptions options) throws IOException {
    BundleIntake intake = new BundleIntake(options);
    Optional<Verdict> verdict = Optional.empty();
    for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
      for (Output output : intake.feed(Octets.wrap(chunk))) {
        Optional<Verdict> next = take(output);
        verdict = next.isPresent() ? next : verdict;
      }
      if (verdict.isPresent() && verdict.get() instanceof Verdict.Bad) {
        break;
      }
    }
    for (Output output : intake.finish()) {
      verdict = take(output);
    }
    return verdict.orElseThrow(() -> new IllegalStateException("the intake does not end"));
  }

  private Optional<Verdict> take(Output output) {
    return switch (output) {
      case Output.Head(BundleHead read) -> {
        head = Optional.of(read);
        yield Optional.empty();
      }
      case Output.Payload(Octets octets) -> {
        digest.update(octets.asByteBuffer());
        Octets shown = octets.slice(0, Math.min(octets.size(), SHOWN - kept));
        beginning.add(shown);
        kept += shown.size();
        yield Optional.empty();
      }
      case Output.End(Octets trailer) ->
          head.map(
              h ->
                  new Verdict.Good(
                      new Read(
                          h,
                          Octets.concat(beginning),
                          HexFormat.of().formatHex(digest.digest()),
                          trailer)));
      case Output.Invalid(Fault fault, _) -> Optional.of(new Verdict.Bad(name, fault));
    };
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
