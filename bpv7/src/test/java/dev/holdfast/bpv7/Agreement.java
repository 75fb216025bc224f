package dev.holdfast.bpv7;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleIntake.Output;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** That the reader of whole bundles and the reader of pieces are of one opinion. */
final class Agreement {
  private Agreement() {}

  static void assertAgreement(
      String which, Octets bytes, ReadOptions options, RandomGenerator random) {
    Decoded<Bundle> whole = BundleReader.read(bytes, options);
    List<Output> outputs = inPieces(bytes, options, random);
    String description = which + ": " + bytes.hex() + " " + options.leniencies();
    switch (whole) {
      case Decoded.Valid<Bundle>(Bundle bundle) ->
          assertThat(reassembled(description, outputs)).as(description).contains(bundle);
      case Decoded.Invalid<Bundle> invalid ->
          assertThat(outputs)
              .as(description + " " + invalid)
              .last()
              .isInstanceOfSatisfying(
                  Output.Invalid.class,
                  last -> assertThat(last.primary()).isEqualTo(invalid.primary()));
    }
  }

  private static List<Output> inPieces(Octets bytes, ReadOptions options, RandomGenerator random) {
    BundleIntake intake = new BundleIntake(options);
    List<Output> outputs = new ArrayList<>();
    int most = 1 + random.nextInt(random.nextBoolean() ? 4 : 200);
    int at = 0;
    while (at < bytes.size()) {
      int to = Math.min(bytes.size(), at + random.nextInt(most + 1));
      outputs.addAll(intake.feed(bytes.slice(at, to)));
      at = to;
    }
    outputs.addAll(intake.finish());
    return outputs;
  }

  private static Optional<Bundle> reassembled(String description, List<Output> outputs) {
    Optional<BundleHead> head = Optional.empty();
    List<Octets> payload = new ArrayList<>();
    for (Output output : outputs) {
      switch (output) {
        case Output.Head(BundleHead read) -> {
          assertThat(head).as(description).isEmpty();
          head = Optional.of(read);
        }
        case Output.Payload(Octets octets) -> {
          assertThat(octets.isEmpty()).as(description).isFalse();
          payload.add(octets);
        }
        case Output.End(Octets trailer) -> {
          assertThat(output).as(description).isSameAs(outputs.getLast());
          return head.map(h -> new Bundle(h, Octets.concat(payload), trailer));
        }
        case Output.Invalid _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
