package dev.holdfast.crdt.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Blocks that were written once are still written and read so, octet for octet; and what the
 * libraries give is what their standards say. {@code -Dholdfast.vectors=write} writes the files
 * anew: a change of them is a change of what other regions must read.
 */
final class BlockVectorsTest {
  private static final List<Kind> KINDS =
      List.of(Kind.REGISTER, Kind.SET, Kind.COUNTER, Kind.STOCK, Kind.BLOB, Kind.LIST);

  /** A first block without and a second with operations of another stream, all kinds. */
  private static Block block() {
    Origin origin = new Origin(7, "golden");
    Origin other = new Origin(8, "golden");
    var random = new SplittableRandom(7);
    for (Origin each : List.of(other, origin)) {
      for (int i = 0; i < 30; i++) {
        Leaf leaf = new Leaf("org.acme:pump-" + i % 3, "a/ü", KINDS.get(i % KINDS.size()));
        each.random(random, leaf);
      }
    }
    origin.seal();
    origin.hear(other.genuine(other.seal()));
    for (int i = 0; i < 60; i++) {
      Leaf leaf = new Leaf("org.acme:pump-" + i % 3, "a/ü", KINDS.get(i % KINDS.size()));
      origin.random(random, leaf);
    }
    return origin.seal();
  }

  @Test
  void whole() throws IOException {
    same("whole.hex", block());
  }

  @Test
  void redacted() throws IOException {
    same("redacted.hex", block().redact(it -> it.leaf().kind() != Kind.REGISTER));
  }

  private static void same(String name, Block block) throws IOException {
    if ("write".equals(System.getProperty("holdfast.vectors"))) {
      Path file = Path.of("src/test/resources/vectors/block", name);
      Files.writeString(file, block.encode().hex().replaceAll("(.{100})", "$1\n") + "\n");
    }
    Octets golden = hex(name);
    assertThat(block.encode()).isEqualTo(golden);
    Block read = Block.decode(golden, BlockLimits.DEFAULT).orElseThrow();
    assertThat(read).isEqualTo(block);
    new Origin(7, "golden").genuine(read);
  }

  private static Octets hex(String name) throws IOException {
    try (InputStream in = BlockVectorsTest.class.getResourceAsStream("/vectors/block/" + name)) {
      assertThat(in).as(name).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return Octets.ofHex(text.replaceAll("\\s", ""));
    }
  }

  /** RFC 8032 §7.1, tests 1 to 3. */
  @Test
  void ed25519() {
    ed25519(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    ed25519(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    ed25519(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  }

  private static void ed25519(String secret, String open, String message, String signature) {
    SigningKey key = new SigningKey(Octets.ofHex(secret));
    assertThat(key.verifyKey().octets().hex()).isEqualTo(open);
    assertThat(key.sign(Octets.ofHex(message)).hex()).isEqualTo(signature);
    assertThat(key.verifyKey().verifies(Octets.ofHex(message), Octets.ofHex(signature))).isTrue();
    assertThat(key.verifyKey().verifies(Octets.ofHex(message + "00"), Octets.ofHex(signature)))
        .isFalse();
  }

  /** The project's own test_vectors.json: lengths 0, 1, 1,024 and 1,025. */
  @Test
  void blake3() {
    blake3(
        0,
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
            + "e00f03e7b69af26b7faaf09fcd333050",
        "92b2b75604ed3c761f9d6f62392c8a9227ad0ea3f09573e783f1498a4ed60d26"
            + "b18171a2f22a4b94822c701f107153db");
    blake3(
        1,
        "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"
            + "c3a6cb8bf623e20cdb535f8d1a5ffb86",
        "6d7878dfff2f485635d39013278ae14f1454b8c0a3a2d34bc1ab38228a80c95b"
            + "6568c0490609413006fbd428eb3fd14e");
    blake3(
        1_024,
        "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"
            + "1cf8107265ecdaf8505b95d8fcec83a9",
        "75c46f6f3d9eb4f55ecaaee480db732e6c2105546f1e675003687c31719c7ba4"
            + "a78bc838c72852d4f49c864acb7adafe");
    blake3(
        1_025,
        "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"
            + "f4c4a22b4b399155358a994e52bf255d",
        "357dc55de0c7e382c900fd6e320acc04146be01db6a8ce7210b7189bd664ea69"
            + "362396b77fdc0d2634a5529708437220");
  }

  private static void blake3(int length, String plain, String keyed) {
    byte[] input = new byte[length];
    for (int i = 0; i < length; i++) {
      input[i] = (byte) (i % 251);
    }
    Octets octets = Octets.wrap(input);
    Octets key = Origin.text("whats the Elvish word for friend");
    assertThat(Blake3.plain().add(octets).end(48).hex()).isEqualTo(plain);
    assertThat(Blake3.plain().add(octets).end().hex()).isEqualTo(plain.substring(0, 64));
    assertThat(Blake3.keyed(key).add(octets).end(48).hex()).isEqualTo(keyed);
  }
}
