package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleEditor;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.ForwardEdit;
import dev.holdfast.bpv7.RandomBundles;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BundleCommandTest {
  /** The plain example of RFC 9173 A.3.1.4: no CRC anywhere. */
  private static final String PLAIN =
      "9f88070000820282010282028202018202820201820018281a000f424085070200004319012c85010100005823"
          + "526561647920746f2067656e657261746520612033322d62797465207061796c6f6164ff";

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private record Run(int exit, String out, String err) {}

  private static Run run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(List.of(new BundleCommand()))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    String[] arguments = new String[words.length + 1];
    arguments[0] = "bundle";
    for (int i = 0; i < words.length; i++) {
      arguments[i + 1] = words[i].toString();
    }
    int exit = line.execute(arguments);
    line.getOut().flush();
    line.getErr().flush();
    return new Run(exit, out.toString(), err.toString());
  }

  @Test
  void aBundleIsShownAsATree() {
    Run run = run("decode", PLAIN, "--lenient", "primary-integrity");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "ipn:2.1/0-40, 81 bytes",
            "├─ primary block (bytes 1 to 28)",
            "│    to          ipn:1.2",
            "│    from        ipn:2.1",
            "│    reports to  ipn:2.1",
            "│    created     unknown (no clock), sequence 40",
            "│    lifetime    1000000 ms",
            "│    crc         none",
            "├─ bundle-age block, type 7, number 2 (bytes 29 to 37)",
            "│    data        300",
            "│    crc         none",
            "└─ payload block, type 1, number 1 (bytes 38 to 79)",
            "     payload     35 bytes",
            "     begins      526561647920746f2067656e657261746520612033322d62797465207061796c…"
                + "  \"Ready to generate a 32-byte payl\"",
            "     sha256      27dcd6cc3e16e2b681e2a84d825ecfc8437eec4f7ddbce83f1ea47351c40d9a3",
            "     crc         none");
  }

  @Test
  void theJsonDocumentHasEveryFieldAndAFileMayBeBinaryOrHex() throws IOException {
    Bundle bundle =
        BundleBuilder.to(IpnEid.of(3, 42))
            .from(IpnEid.of(1, 7))
            .age(5)
            .hopLimit(9)
            .lifetime(-1L)
            .build(Octets.ofHex("6869"));
    Path binary = folder.resolve("binary");
    Files.write(binary, bundle.encoded().toByteArray());
    Path hex = folder.resolve("hex");
    Files.writeString(hex, bundle.encoded().hex().toUpperCase() + "\n");
    Run run = run("decode", "--json", binary);
    assertThat(run("decode", "--json", hex)).isEqualTo(run);
    JsonNode document = JSON.readTree(run.out());
    assertThat(document.at("/primary/destination").asString()).isEqualTo("ipn:3.42");
    assertThat(document.at("/primary/lifetime_ms").asString()).isEqualTo("18446744073709551615");
    assertThat(document.at("/primary/crc_verdict").asString()).isEqualTo("good");
    assertThat(document.at("/blocks/0/kind").asString()).isEqualTo("bundle-age");
    assertThat(document.at("/blocks/1/data/limit").asInt()).isEqualTo(9);
    assertThat(document.at("/blocks/2/data").asString()).isEqualTo("6869");
    assertThat(document.at("/blocks/2/sha256").asString())
        .isEqualTo("8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4");
    JsonNode last = document.at("/blocks/2");
    assertThat(last.get("offset").asInt() + last.get("length").asInt() + 1)
        .isEqualTo(document.get("bytes").asInt());
  }

  @Test
  void whatIsDecodedIsEncodedAgain() throws IOException {
    RandomBundles bundles = new RandomBundles(81);
    Path file = folder.resolve("document.json");
    for (int i = 0; i < 200; i++) {
      String hex = bundles.next().encoded().hex();
      Run decoded = run("decode", "--json", hex);
      assertThat(decoded.err()).isEmpty();
      Files.writeString(file, decoded.out());
      assertThat(run("encode", file)).as(hex).isEqualTo(new Run(0, hex + "\n", ""));
    }
  }

  @Test
  void optionsMakeABundle() throws IOException {
    Path file = folder.resolve("out.bundle");
    Run run =
        run(
            "encode",
            "--to",
            "ipn:3.42",
            "--from",
            "ipn:1.7",
            "--report-to",
            "ipn:1.0",
            "--created",
            "2026-11-21T08:00:00Z",
            "--sequence",
            "4",
            "--lifetime",
            "2h",
            "--flags",
            "report-delivery,status-time",
            "--crc",
            "crc16",
            "--payload-crc",
            "none",
            "--hop-limit",
            "30",
            "--class",
            "urgent",
            "--block",
            "200/replicate=0102",
            "--fragment",
            "10/100",
            "--payload",
            "hello",
            "--output",
            file);
    assertThat(run).isEqualTo(new Run(0, "", ""));
    JsonNode document = JSON.readTree(run("decode", "--json", file).out());
    assertThat(document.get("id").asString()).isEqualTo("ipn:1.7/848563200000-4/+10:5");
    assertThat(document.at("/primary/created").asString()).isEqualTo("2026-11-21T08:00:00Z");
    assertThat(document.at("/primary/crc_type").asInt()).isEqualTo(1);
    assertThat(document.at("/primary/flag_names").toString())
        .isEqualTo("[\"fragment\",\"status-time\",\"report-delivery\"]");
    assertThat(document.at("/blocks/1/data/class").asString()).isEqualTo("urgent");
    assertThat(document.at("/blocks/2/flag_names").toString()).isEqualTo("[\"replicate\"]");
    assertThat(document.at("/blocks/3/crc_verdict").asString()).isEqualTo("none");
  }

  @Test
  void withoutATimeABundleCarriesItsAge() {
    String hex = run("encode", "--to", "dtn://n/in", "--payload-hex", "00").out().strip();
    assertThat(run("verify", hex).out())
        .isEqualTo("valid: dtn:none/0-0, 3 blocks, 2 CRCs good, payload 1 bytes\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "encode; give either --to EID and more options, or a JSON file",
        "encode --to ipn:x.1; --to 'ipn:x.1' is no endpoint identifier: not a digit (character 5,",
        "encode --to ipn:1.1 --hop-limit 300; the hop limit is 1 to 255, not 300",
        "encode --to ipn:1.1 --flags fast; --flags 'fast' is no flag: fragment,",
        "encode --to ipn:1.1 --flags report-delivery; without a source asks for status reports",
        "encode --to ipn:1.1 --block x=00; --block takes a number",
        "encode --to ipn:1.1 --payload-hex 0; '0' is not hexadecimal",
        "encode --to ipn:1.1 --crc crc64; Invalid value for option '--crc'",
        "encode --to ipn:1.1 --fragment 5; OFFSET/TOTAL",
        "encode --to ipn:1.1 --lifetime soon; --lifetime",
        "encode /no/such/file; cannot be read",
        "decode zz; no such file, and not hexadecimal either",
        "decode 9f8; odd number of hexadecimal digits",
        "decode 9f01 --lenient nothing; --lenient nothing is no rule that can be waived",
        "decode 9f88; offset 1, RFC 9171 §4.3.1",
        "decode 00; offset 0, RFC 9171 §4.1: a bundle begins with",
        "verify 9f820102ff; 8 to 11 items, not 2",
        "diff 9f 9f; the input ends",
      })
  void badInputGetsOneLineAndExitCodeTwo(String words, String complaint) {
    Run run = run((Object[]) words.split(" ", -1));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(complaint);
  }

  @Test
  void aBrokenRuleIsToldWithItsPlaceAndMayBeWaived() {
    Run strict = run("verify", PLAIN, "--json");
    assertThat(strict.exit()).isEqualTo(2);
    assertThat(strict.err())
        .isEqualTo(
            "holdfast bundle verify: the bundle given: offset 1, RFC 9171 §4.3.1: the primary"
                + " block has neither a CRC nor a block integrity block over it\n");
    assertThat(strict.out())
        .isEqualTo(
            "{\"valid\":false,\"offset\":1,\"section\":\"RFC 9171 §4.3.1\",\"reason\":\"the primary"
                + " block has neither a CRC nor a block integrity block over it\"}\n");
    assertThat(run("verify", PLAIN, "--lenient", "all", "--json").out())
        .isEqualTo(
            "{\"valid\":true,\"id\":\"ipn:2.1/0-40\",\"blocks\":3,\"crcs\":0,"
                + "\"payload_bytes\":35}\n");
  }

  @Test
  void aWrongCrcIsToldWithBothValues() {
    String hex =
        BundleBuilder.to(IpnEid.of(1, 1))
            .from(IpnEid.of(2, 1))
            .age(0)
            .build(Octets.EMPTY)
            .encoded()
            .hex();
    String broken = hex.substring(0, hex.length() - 4) + "0000ff".substring(2);
    assertThat(run("decode", broken).err()).contains("the CRC of the payload block is ");
  }

  @Test
  void twoBundlesAreComparedFieldByField() {
    Bundle bundle =
        BundleBuilder.to(IpnEid.of(3, 42))
            .from(IpnEid.of(1, 7))
            .age(5)
            .hopLimit(9)
            .build(Octets.ofHex("6869"));
    BundleHead sent = BundleEditor.forward(bundle.head(), new ForwardEdit(IpnEid.of(2, 0), 20));
    String before = bundle.encoded().hex();
    String after = new Bundle(sent, bundle.payload(), bundle.trailer()).encoded().hex();
    assertThat(run("diff", before, before)).isEqualTo(new Run(0, "the bundles are the same\n", ""));
    Run run = run("diff", before, after);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("block 2.data\n  - 5\n  + 25\nblock 3.data.count\n  - 0\n  + 1\n")
        .contains("block 4.data\n  - (none)\n  + ipn:2.0\n");
    JsonNode document = JSON.readTree(run("diff", "--json", before, after).out());
    assertThat(document.get("same").asBoolean()).isFalse();
    assertThat(document.at("/differences/0").toString())
        .isEqualTo("{\"field\":\"block 2.data\",\"left\":\"5\",\"right\":\"25\"}");
  }

  @Test
  void aLargePayloadIsNotKept() throws IOException {
    Bundle bundle =
        BundleBuilder.to(IpnEid.of(3, 42))
            .from(IpnEid.of(1, 7))
            .age(5)
            .build(Octets.wrap(new byte[3 << 20]));
    Path file = folder.resolve("large");
    Files.write(file, bundle.encoded().toByteArray());
    JsonNode document = JSON.readTree(run("decode", "--json", file).out());
    assertThat(document.at("/blocks/1/data").isNull()).isTrue();
    assertThat(document.at("/blocks/1/payload_bytes").asInt()).isEqualTo(3 << 20);
    assertThat(document.at("/blocks/1/sha256").asString())
        .isEqualTo("bbd05cf6097ac9b1f89ea29d2542c1b7b67ee46848393895f5a9e43fa1f621e5");
  }
}
