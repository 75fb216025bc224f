package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.CrdtLimits;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.BlockLimits;
import dev.holdfast.crdt.block.Verdict;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.KeyStatement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Messages are written as they were once and read as they are written; whatever is changed under
 * way is refused, or not verified.
 */
final class SyncCodecTest {
  private static final SyncLimits LIMITS = SyncLimits.DEFAULT;
  private static final KeyRing RING = Region.ring(new Region(7), new Region(8));

  private static Received read(Octets octets) {
    return SyncCodec.decode(octets, LIMITS).orElseThrow();
  }

  /** What can be gone by of what came. */
  private static boolean holds(Received message) {
    if (!message.exportClass().equals(RING.exportClass())) {
      return false; // there are no keys to look for in
    }
    return switch (message) {
      case SelfCertified.Delta it -> it.blocks().stream().allMatch(SyncCodecTest::genuine);
      case SelfCertified.Key it -> holds(it);
      case SelfCertified.Proof it -> it.proven(RING).isPresent();
      case Unverified it -> it.verify(RING) instanceof Unverified.Genuine;
    };
  }

  private static boolean holds(SelfCertified.Key message) {
    KeyRing ring = RING;
    for (KeyStatement statement : message.statements()) {
      if (!(ring.add(statement) instanceof KeyRing.Added(KeyRing more))) {
        return false;
      }
      ring = more;
    }
    return true;
  }

  private static boolean genuine(Block block) {
    return RING.signer(block.header()) instanceof KeyRing.Known known
        && block.verify(known.key(), Region.START, 60_000) instanceof Verdict.Genuine;
  }

  private static SyncMessage verified(Received message) {
    return switch (message) {
      case SelfCertified it -> it;
      case Unverified it -> ((Unverified.Genuine) it.verify(RING)).message();
    };
  }

  /** {@code -Dholdfast.vectors=write} writes the files anew: others must read what changes. */
  @Test
  void asTheyWereOnce() throws IOException {
    for (Map.Entry<String, SyncMessage> each : Messages.golden().entrySet()) {
      Octets octets = SyncCodec.encode(each.getValue());
      if ("write".equals(System.getProperty("holdfast.vectors"))) {
        Path file = Path.of("src/test/resources/vectors/sync", each.getKey() + ".hex");
        Files.writeString(file, octets.hex().replaceAll("(.{100})", "$1\n") + "\n");
      }
      assertThat(octets.hex()).as(each.getKey()).isEqualTo(vector(each.getKey()));
      Received message = read(octets);
      assertThat(holds(message)).as(each.getKey()).isTrue();
      assertThat(message.kind()).isEqualTo(each.getValue().kind());
      assertThat(message.exportClass()).isEqualTo(Region.CLASS_ID);
      assertThat(verified(message)).isEqualTo(each.getValue());
      if (verified(message) instanceof Signed signed) {
        assertThat(signed.claim()).isEqualTo(((Signed) each.getValue()).claim());
        assertThat(signed.envelope()).isEqualTo(((Signed) each.getValue()).envelope());
      }
    }
  }

  private static String vector(String name) throws IOException {
    try (InputStream in =
        SyncCodecTest.class.getResourceAsStream("/vectors/sync/" + name + ".hex")) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
    }
  }

  @Test
  void eachOctetCounts() {
    Messages.golden()
        .forEach(
            (name, message) -> {
              byte[] bytes = SyncCodec.encode(message).toByteArray();
              for (int i = 0; i < bytes.length; i++) {
                for (int bit : new int[] {0x01, 0x80}) {
                  byte[] changed = bytes.clone();
                  changed[i] ^= (byte) bit;
                  switch (SyncCodec.decode(Octets.wrap(changed), LIMITS)) {
                    case Parsed.Bad<Received> bad -> checkPlace(bad, changed.length);
                    case Parsed.Good<Received>(Received read) ->
                        assertThat(holds(read)).as("%s, octet %d", name, i).isFalse();
                  }
                }
              }
            });
  }

  private static void checkPlace(Parsed.Bad<Received> bad, int size) {
    assertThat(bad.offset()).isBetween(0L, (long) size);
    assertThat(bad.section()).isNotEmpty();
    assertThat(bad.reason()).isNotEmpty();
  }

  @Test
  void eachCutIsRefused() {
    Messages.golden()
        .forEach(
            (name, message) -> {
              Octets octets = SyncCodec.encode(message);
              for (int size = 0; size < octets.size(); size++) {
                if (SyncCodec.decode(octets.slice(0, size), LIMITS)
                    instanceof Parsed.Bad<Received> bad) {
                  checkPlace(bad, size);
                } else {
                  throw new AssertionError(name + " is read from " + size + " octets");
                }
              }
              Octets more = Octets.concat(List.of(octets, Octets.ofHex("00")));
              assertThat(SyncCodec.decode(more, LIMITS).toString()).contains("follow");
            });
  }

  @Test
  void whateverIsWrittenIsReadAgain() {
    for (int seed = 0; seed < 2_000; seed++) {
      Claim claim = Messages.claim(new SplittableRandom(seed));
      Signed message = new Region(7).sign(claim);
      Octets octets = SyncCodec.encode(message);
      Signed read = (Signed) verified(read(octets));
      assertThat(read.claim()).as("seed %d", seed).isEqualTo(claim);
      assertThat(read).isEqualTo(message);
      assertThat(SyncCodec.encode(read)).isEqualTo(octets);
    }
  }

  @Test
  void whoSignsMatters() {
    Region region = new Region(7);
    Region stranger = new Region(9);
    Claim claim = new Request(List.of(), Optional.empty(), true, true, 9);
    Unverified ours = (Unverified) read(SyncCodec.encode(region.sign(claim)));
    assertThat(ours.verify(Region.ring(stranger))).isInstanceOf(Unverified.UnknownRegion.class);
    assertThat(ours.verify(KeyRing.of("other").with(region.key.verifyKey())))
        .isInstanceOf(Unverified.Refused.class);
    Signed forged = Signed.sign(region.envelope(), claim, stranger.key);
    assertThat(((Unverified) read(SyncCodec.encode(forged))).verify(RING))
        .isInstanceOf(Unverified.Refused.class);
  }

  @Test
  void limits() {
    Map<String, SyncMessage> all = Messages.golden();
    limit(
        all.get("delta"),
        new SyncLimits(1_024, 9, 9, 99, 2, 9, 9, 9, BlockLimits.DEFAULT),
        "3 blocks");
    limit(all.get("frontier"), few(1, 9, 99, 9, 9, 9), "the count of streams is 2");
    limit(all.get("frontier"), few(9, 1, 99, 9, 9, 9), "the count of intervals is 2");
    limit(all.get("sketch"), few(9, 9, 58, 9, 9, 9), "a sketch of 59 cells");
    limit(all.get("sidecast"), few(9, 9, 27, 9, 9, 9), "a sketch of 28 cells");
    limit(all.get("sidecast"), few(9, 9, 6 * 16 + 15, 9, 9, 9), "a sketch of 7 cells, 6 at most");
    limit(all.get("sidecast"), few(1, 9, 999, 9, 9, 9), "the count of streams is 2");
    limit(all.get("part"), few(1, 9, 99, 9, 9, 9), "the count of streams is 2");
    limit(all.get("leaves"), few(9, 9, 99, 1, 9, 9), "2 leaves, 1 at most");
    limit(all.get("request"), few(9, 9, 99, 9, 1, 9), "2 streams, 1 at most");
    limit(all.get("request"), few(9, 9, 99, 9, 2, 9), "1 to 2 names");
    limit(all.get("key"), few(9, 9, 99, 9, 9, 1), "2 statements, 1 at most");
    Region region = new Region(7);
    var large = new SelfCertified.Delta(Region.CLASS_ID, List.of(region.seal(200)));
    limit(large, few(9, 9, 99, 9, 9, 9), "1024 at most");
    BlockLimits blocks = new BlockLimits(1_024, 64, 40, 40, 20, CrdtLimits.DEFAULT);
    limit(large, new SyncLimits(1 << 20, 9, 9, 9, 9, 9, 9, 9, blocks), "more than 1024 bytes");
    assertThatThrownBy(() -> few(0, 9, 9, 9, 9, 9)).hasMessageContaining("no message can keep");
  }

  private static SyncLimits few(
      int streams, int exceptions, int cells, int leaves, int names, int statements) {
    return new SyncLimits(
        1_024, streams, exceptions, cells, 9, leaves, names, statements, BlockLimits.DEFAULT);
  }

  private static void limit(SyncMessage message, SyncLimits limits, String reason) {
    assertThat(SyncCodec.decode(SyncCodec.encode(message), limits).toString())
        .contains(reason)
        .contains("0005");
  }
}
