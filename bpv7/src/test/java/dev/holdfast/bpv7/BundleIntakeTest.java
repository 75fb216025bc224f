package dev.holdfast.bpv7;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleIntake.Output;
import dev.holdfast.bpv7.wire.Limits;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleIntakeTest {
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void piecesOfAnySizeGiveWhatTheWholeGives(long seed) {
    RandomBundles bundles = new RandomBundles(seed);
    RandomGenerator random = bundles.random();
    for (int i = 0; i < 3_000; i++) {
      Bundle bundle = bundles.next();
      Octets bytes = bundle.encoded();
      if (random.nextInt(3) == 0) {
        bytes = Mutation.of(bytes, random);
      }
      ReadOptions options =
          random.nextBoolean()
              ? ReadOptions.STRICT
              : ReadOptions.lenient(EnumSet.allOf(Leniency.class));
      Agreement.assertAgreement("seed " + seed + ", bundle " + i, bytes, options, random);
    }
  }

  @Test
  void aBundleInOnePieceComesOutHeadPayloadEnd() {
    Bundle bundle = new RandomBundles(1).next(40);
    BundleIntake intake = new BundleIntake(ReadOptions.STRICT);
    assertThat(intake.feed(bundle.encoded()))
        .containsExactly(
            new Output.Head(bundle.head()),
            new Output.Payload(bundle.payload()),
            new Output.End(bundle.trailer()));
    assertThat(intake.finish()).isEmpty();
  }

  @Test
  void payloadBytesComeOutAsTheyComeIn() {
    Bundle bundle = new RandomBundles(2).next(1_000);
    BundleIntake intake = new BundleIntake(ReadOptions.STRICT);
    assertThat(intake.feed(bundle.head().encoded())).hasSize(1);
    for (int i = 0; i < 1_000; i += 100) {
      Octets piece = bundle.payload().slice(i, i + 100);
      assertThat(intake.feed(piece)).containsExactly(new Output.Payload(piece));
    }
    assertThat(intake.feed(bundle.trailer())).containsExactly(new Output.End(bundle.trailer()));
  }

  @Test
  void anInputThatEndsTooEarlyIsInvalidAndTellsThePrimaryBlock() {
    Bundle bundle = new RandomBundles(3).next(10);
    Octets bytes = bundle.encoded();
    for (int size = 0; size < bytes.size(); size++) {
      BundleIntake intake = new BundleIntake(ReadOptions.STRICT);
      List<Output> outputs = new ArrayList<>(intake.feed(bytes.slice(0, size)));
      outputs.addAll(intake.finish());
      boolean primaryThere = size >= 1 + bundle.head().primary().encoded().size();
      assertThat(outputs.getLast())
          .as("cut after " + size)
          .isInstanceOfSatisfying(
              Output.Invalid.class,
              invalid -> assertThat(invalid.primary().isPresent()).isEqualTo(primaryThere));
    }
  }

  @Test
  void bytesAfterTheEndAreInvalidInTheSamePieceAndLater() {
    Bundle bundle = new RandomBundles(4).next(10);
    Octets tooLong = Octets.concat(List.of(bundle.encoded(), Octets.ofHex("00")));
    BundleIntake atOnce = new BundleIntake(ReadOptions.STRICT);
    assertThat(atOnce.feed(tooLong)).last().isInstanceOf(Output.Invalid.class);
    assertThat(atOnce.feed(Octets.ofHex("00"))).isEmpty();
    BundleIntake later = new BundleIntake(ReadOptions.STRICT);
    assertThat(later.feed(bundle.encoded())).last().isInstanceOf(Output.End.class);
    assertThat(later.feed(Octets.ofHex("00")))
        .singleElement()
        .isInstanceOfSatisfying(
            Output.Invalid.class,
            invalid ->
                assertThat(invalid.fault())
                    .hasToString(
                        "offset "
                            + bundle.encoded().size()
                            + ", RFC 9171 §4.1: bytes follow the end of the bundle"));
  }

  @Test
  void anEndlessHeadIsRefusedAtTheLimitWithoutWaitingForIt() {
    // A block that announces 1 MiB of data, and one byte of it at a time.
    BundleHead head = new RandomBundles(5).next(0).head();
    Octets start =
        Octets.concat(
            List.of(
                Octets.ofHex("9f"),
                head.primary().encoded(),
                Octets.ofHex("8518c80500005a00100000")));
    BundleIntake intake = new BundleIntake(ReadOptions.STRICT);
    assertThat(intake.feed(start))
        .singleElement()
        .isInstanceOfSatisfying(
            Output.Invalid.class,
            invalid -> assertThat(invalid.fault().reason()).contains("more than 65536 bytes"));
  }

  @Test
  void aHeadOfManySmallBlocksIsRefusedAtTheLimit() {
    Limits limits = Limits.DEFAULT;
    BundleIntake intake = new BundleIntake(ReadOptions.STRICT);
    Octets primary = new RandomBundles(5).next(0).head().primary().encoded();
    assertThat(intake.feed(Octets.ofHex("9f"))).isEmpty();
    assertThat(intake.feed(primary)).isEmpty();
    List<Output> outputs = List.of();
    int fed = 0;
    while (outputs.isEmpty() && fed <= limits.blocks()) {
      Octets block =
          BundleWriter.extension(
                  new CanonicalBlock.Unknown(
                      new BlockHeader(fed + 2, BlockFlags.NONE, CrcType.NONE), 200, Octets.EMPTY))
              .encoded();
      outputs = intake.feed(block);
      fed++;
    }
    assertThat(fed).isEqualTo(limits.blocks() - 1);
    assertThat(outputs).last().isInstanceOf(Output.Invalid.class);
  }
}
