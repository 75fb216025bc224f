package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.AgeMark;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.rocks.RocksBundleStore;
import dev.holdfast.custody.rocks.RocksOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StoreCommandTest {
  private static final RocksOptions OPTIONS = RocksOptions.defaults().withReserveBytes(0);

  @TempDir private Path folder;
  private Path directory = Path.of("");

  /** What a command did. */
  private record Run(int exit, String out, String err) {}

  private static Run run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(List.of(new StoreCommand()))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of("store"));
    for (Object word : words) {
      arguments.add(word.toString());
    }
    int exit = line.execute(arguments.toArray(String[]::new));
    line.getOut().flush();
    line.getErr().flush();
    return new Run(exit, out.toString(), err.toString());
  }

  @BeforeEach
  void fill() {
    directory = folder.resolve("store");
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      store.commit(
          List.of(put(1, TrafficClass.NORMAL), put(2, TrafficClass.URGENT)),
          BundleStore.Durability.SYNCED);
    }
  }

  private static StoreChange.Put put(long key, TrafficClass trafficClass) {
    CreationTimestamp created = new CreationTimestamp(new DtnTime(800_000_000_000L), key);
    Bundle bundle =
        BundleBuilder.to(IpnEid.of(2, 7))
            .from(IpnEid.of(1, 42))
            .created(created)
            .lifetime(3_600_000)
            .payloadCrc(CrcType.CRC32C)
            .build(Octets.ofHex("0102030405"));
    HeldBundle held =
        new HeldBundle(
            new HeldKey(key),
            bundle.id(),
            new QueueKey(QueueKey.Wait.FORWARD, IpnEid.of(2, 0)),
            IpnEid.of(2, 7),
            new HeldBundle.Service(trafficClass, 0, false, false, true, false, false),
            created.time().plus(3_600_000),
            3_600_000,
            new AgeMark(0, 1, 1, created.time(), true),
            new HeldBundle.Sizes(
                bundle.head().encoded().size(), bundle.payload().size(), bundle.trailer().size()),
            Optional.empty(),
            HeldBundle.Progress.NONE);
    return new StoreChange.Put(
        held, bundle.head().encoded(), new Payload.Inline(bundle.payload()), bundle.trailer());
  }

  @Test
  void listsBundlesInPages() {
    Run all = run("ls", directory);
    assertThat(all.exit()).isZero();
    assertThat(all.err()).isEmpty();
    assertThat(all.out().lines()).hasSize(3);
    assertThat(all.out().lines().skip(2))
        .singleElement()
        .asString()
        .contains(" 2  urgent ", "forward", "ipn:2.0", "ipn:1.42/800000000000-2");
    assertThat(run("ls", directory, "--limit", "1").out().lines()).hasSize(2);
    Run json = run("ls", directory, "--json", "--after", "1");
    assertThat(json.out())
        .startsWith(
            "{\"key\":2,\"bundle\":\"ipn:1.42/800000000000-2\",\"destination\":\"ipn:2.7\","
                + "\"waits\":\"forward\",\"for\":\"ipn:2.0\",\"class\":\"urgent\",");
    assertThat(json.out().lines()).hasSize(1);
  }

  @Test
  void countsByQueueAndClass() {
    Run words = run("stats", directory);
    assertThat(words.exit()).isZero();
    assertThat(words.out()).contains("2 bundles of ").contains("urgent").contains("normal");
    assertThat(run("stats", directory, "--json").out())
        .contains("\"bundles\":2,")
        .contains("{\"waits\":\"forward\",\"for\":\"ipn:2.0\",\"class\":\"urgent\",\"bundles\":1,");
  }

  @Test
  void verifiesASoundStore() throws IOException {
    assertThat(run("verify", directory))
        .satisfies(r -> assertThat(r.exit()).isZero())
        .satisfies(r -> assertThat(r.out()).startsWith(directory + ": sound: 2 bundles of "));
    Files.createDirectories(directory.resolve("payloads/07"));
    Files.write(directory.resolve("payloads/07/7"), new byte[3]);
    Run untied = run("verify", directory, "--json");
    assertThat(untied.exit()).isZero();
    assertThat(untied.out().lines().findFirst().orElseThrow())
        .startsWith("{\"kind\":\"untied\",\"fault\":false,");
    assertThat(untied.out()).contains("{\"ok\":true,\"bundles\":2,");
  }

  @Test
  void countsRecordsOfTwins() {
    assertThat(run("stats", directory).out()).doesNotContain("records of twins");
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      store.commit(
          List.of(
              new StoreChange.PutRecord(Octets.ofHex("01"), Octets.ofHex("0203")),
              new StoreChange.PutRecord(Octets.ofHex("02"), Octets.ofHex("03"))),
          BundleStore.Durability.SYNCED);
    }
    assertThat(run("stats", directory).out()).contains("about 2 records of twins, ");
    assertThat(run("stats", directory, "--json").out())
        .contains("\"records_about\":2,\"record_bytes_about\":");
    assertThat(run("verify", directory).out()).contains(", 2 records of twins of 5 B");
    assertThat(run("verify", directory, "--json").out())
        .contains("\"records\":2,\"record_bytes\":5,");
  }

  @Test
  void saysWhatIsBrokenAndEndsWithOne() {
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      StoreChange.Put wrong = put(3, TrafficClass.BULK);
      store.commit(
          List.of(
              new StoreChange.Put(
                  wrong.bundle(),
                  wrong.head(),
                  new Payload.Inline(Octets.ofHex("0102030406")),
                  wrong.trailer())),
          BundleStore.Durability.SYNCED);
    }
    Run run = run("verify", directory);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("bundle: bundle 3 (ipn:1.42/800000000000-3): ")
        .contains("CRC");
    assertThat(run.out()).contains("1 fault");
  }

  @Test
  void whatCannotBeLookedIntoEndsWithTwoAndOneLine() throws IOException {
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      assertThat(store.stats().bundles()).isEqualTo(2);
      assertUnusable(run("ls", directory), "is in use by process");
    }
    assertUnusable(run("stats", folder), "is no store of a gateway");
    assertUnusable(run("verify", folder.resolve("nowhere")), "is no directory");
    Files.writeString(directory.resolve("version"), "holdfast store 9\n");
    assertUnusable(run("ls", directory), "use a newer one");
    assertUnusable(run("ls", directory, "--limit", "0"), "--limit");
    assertUnusable(run("ls"), "DIR");
  }

  private static void assertUnusable(Run run, String words) {
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains(words);
  }
}
