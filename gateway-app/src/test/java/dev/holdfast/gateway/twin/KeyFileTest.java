package dev.holdfast.gateway.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  /** RFC 8410 §10.3. */
  private static final Octets SECRET =
      Octets.ofHex("d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842");

  private static final String OPEN =
      "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

  private static final String RFC_PEM =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  /** RFC 8410 §10.1: the public key alone. */
  private static final String RFC_PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PUBLIC KEY-----
      """;

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("region.pem");
  }

  @Test
  void ofAKeyThatIsGoneThePublicOneIsEnough() throws IOException {
    KeyFile.write(file, SECRET, false);
    assertThat(KeyFile.readKept(file).secret()).isPresent();
    Path open = Files.writeString(folder.resolve("old.pem"), RFC_PUBLIC);
    KeyFile.Kept kept = KeyFile.readKept(open);
    assertThat(kept.secret()).isEmpty();
    assertThat(kept.open().octets().hex()).isEqualTo(OPEN);
    assertThatThrownBy(() -> KeyFile.read(open)).hasMessageContaining("not a PRIVATE KEY");
    Path cut = Files.writeString(folder.resolve("cut.pem"), RFC_PUBLIC.replace("MCow", ""));
    assertThatThrownBy(() -> KeyFile.readKept(cut)).hasMessageContaining("no Ed25519 public key");
  }

  @Test
  void writesWhatTheRfcPrints() throws IOException {
    KeyFile.write(file, SECRET, false);

    assertThat(file).hasContent(RFC_PEM);
    assertThat(KeyFile.publicPem(new SigningKey(SECRET).verifyKey())).isEqualTo(RFC_PUBLIC);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    KeyFile.write(file, SECRET, false);

    assertThat(KeyFile.read(file).verifyKey().octets().hex()).isEqualTo(OPEN);
  }

  @Test
  void onlyTheOwnerMayReadAndAKeyIsNotReplacedUnasked() throws IOException {
    KeyFile.write(file, SECRET, false);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Octets other = Octets.ofHex("11".repeat(32));
    assertThatThrownBy(() -> KeyFile.write(file, other, false))
        .hasMessage(file + ": is there already, and a key that is gone is gone");
    assertThat(file).hasContent(RFC_PEM);

    KeyFile.write(file, other, true);

    assertThat(KeyFile.read(file).verifyKey()).isEqualTo(new SigningKey(other).verifyKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path deeper = folder.resolve("keys").resolve("region.pem");

    assertThatThrownBy(() -> KeyFile.write(deeper, SECRET, false))
        .hasMessage(deeper + ": there is no such folder; make it first");
  }

  /** RFC 5958 §2, version 2: the public key stands behind the private one. */
  @Test
  void readsAPairAndRefusesOneThatDoesNotBelongTogether() throws IOException {
    String head = "3051020101300506032b657004220420" + SECRET.hex() + "812100";
    put(pem("PRIVATE KEY", head + OPEN));
    assertThat(KeyFile.read(file).verifyKey().octets().hex()).isEqualTo(OPEN);

    put(pem("PRIVATE KEY", head + OPEN.replace('1', '2')));
    refused("is damaged: its public key is not that of its private key");
  }

  @Test
  void saysWhatAFileIsThatIsNoKey() throws IOException {
    assertThatThrownBy(() -> KeyFile.read(file))
        .hasMessage(file + ": there is no such key; make one with holdfast keys generate " + file);
    put("node: ipn:1.0\n");
    refused("is no key in PEM; make one with holdfast keys generate");
    put(RFC_PUBLIC);
    refused("holds a PUBLIC KEY, not a PRIVATE KEY in PKCS#8; openssl pkey writes one");
    put(RFC_PEM.replace("PRIVATE", "ENCRYPTED PRIVATE"));
    refused("is encrypted; write it out with openssl pkey -in FILE -out NEW, mode 600");
    put(pem("PRIVATE KEY", "302e020100300506032b656e04220420" + SECRET.hex()));
    refused("is no Ed25519 key; make one with holdfast keys generate");
    put(pem("PRIVATE KEY", "302e020100300506032b657004220420" + "00"));
    refused("is no Ed25519 key; make one with holdfast keys generate");
    put("x".repeat(20_000));
    refused("is no key: more than 16384 bytes");
    assertThatThrownBy(() -> KeyFile.read(folder))
        .hasMessage(folder + ": cannot be read: no file, or not this user's");
  }

  @Test
  void aKeyThatEverybodyMayReadIsRefused() throws IOException {
    KeyFile.write(file, SECRET, false);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    refused(
        "is open to every user (rw-r--r--); chmod 600 it, and take a new key if others were here");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    assertThat(KeyFile.read(file).verifyKey().octets().hex()).isEqualTo(OPEN);
  }

  @Test
  void opensslReadsOursAndWeReadItsOwn() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not here");
    KeyFile.write(file, SECRET, false);

    String told = openssl("pkey", "-in", file.toString(), "-text", "-noout");

    assertThat(told.replaceAll("[\\s:]", ""))
        .startsWith("ED25519Private-Key")
        .contains("priv" + SECRET.hex())
        .contains("pub" + OPEN);

    Path theirs = folder.resolve("theirs.pem");
    assertThat(openssl("genpkey", "-algorithm", "ed25519", "-out", theirs.toString())).isEmpty();
    Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rw-------"));
    assertThat(KeyFile.publicPem(KeyFile.read(theirs).verifyKey()))
        .isEqualTo(openssl("pkey", "-in", theirs.toString(), "-pubout"));
  }

  private static String openssl(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return told;
  }

  private void put(String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static String pem(String label, String hex) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getEncoder().encodeToString(Octets.ofHex(hex).toByteArray())
        + "\n-----END "
        + label
        + "-----\n";
  }

  private void refused(String why) {
    assertThatThrownBy(() -> KeyFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": " + why);
  }
}
