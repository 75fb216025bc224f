package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.gateway.clock.Entropy;
import dev.holdfast.gateway.twin.KeyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast keys}: private keys of regions. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Make and show the key that a region signs its twins with.",
    commandListHeading = "%nCommands:%n")
public final class KeysCommand implements Callable<Integer> {
  private final Entropy entropy;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The command; keys are made of {@code entropy}, which nobody can guess. */
  public KeysCommand(Entropy entropy) {
    this.entropy = entropy;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  @Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      header = "Make a private key, for its owner only, and print the public one in hex.")
  int generate(
      @Parameters(paramLabel = "FILE", description = "Where to: Ed25519, PKCS#8, PEM.") Path file,
      @Option(names = "--force", description = "Replace a key that is there: it is gone then.")
          boolean force,
      @Option(names = "--json", description = "One JSON document on standard output.")
          boolean json) {
    ByteBuffer secret = ByteBuffer.allocate(SigningKey.SIZE);
    while (secret.hasRemaining()) {
      secret.putLong(entropy.nextLong());
    }
    Octets octets = Octets.wrap(secret.array());
    try {
      KeyFile.write(file, octets, force);
    } catch (IOException e) {
      throw CommandException.unusable(
          e.getMessage() + (force ? "" : "; name another file, or give --force"));
    }
    VerifyKey key = new SigningKey(octets).verifyKey();
    new Screen(spec).line(json ? document(key) : key.octets().hex());
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Print the public key, in hex and PEM, and the region that it names as a first key.")
  int show(
      @Parameters(paramLabel = "FILE", description = "The key, private or public.") Path file,
      @Option(names = "--json", description = "One JSON document on standard output.")
          boolean json) {
    VerifyKey key;
    try {
      key = KeyFile.readKept(file).open();
    } catch (IOException e) {
      throw CommandException.unusable(String.valueOf(e.getMessage()));
    }
    Screen screen = new Screen(spec);
    if (json) {
      screen.line(document(key));
    } else {
      screen.line("key:    " + key.octets().hex());
      screen.line("region: " + RegionId.of(key));
      screen.line(KeyFile.publicPem(key).strip());
    }
    return 0;
  }

  private static String document(VerifyKey key) {
    return JsonText.line(
        out -> {
          out.writeStringProperty("key", key.octets().hex());
          out.writeStringProperty("region", RegionId.of(key).toString());
          out.writeStringProperty("pem", KeyFile.publicPem(key));
        });
  }
}
