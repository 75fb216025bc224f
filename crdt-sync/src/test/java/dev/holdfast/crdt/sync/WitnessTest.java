package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.StreamId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a store has told, kept outside it. */
final class WitnessTest {
  private final Region region = new Region(1);

  private boolean continues(Witness witness, boolean sameBoot, StreamId own) {
    return witness.continues(
        sameBoot, own, stream -> stream.equals(region.stream) ? region.chain : Chain.of(stream));
  }

  @Test
  void aStoreGoesOnIfItKnowsAllThatItTold() {
    region.seal(10);
    StreamId own = region.stream;
    assertThat(continues(new Witness(own, 10), true, own)).isTrue();
    assertThat(continues(new Witness(own, 7), true, own)).isTrue();
    assertThat(continues(new Witness(own, 11), true, own)).isFalse();
    assertThat(continues(new Witness(own, 10), false, own)).isFalse();
    StreamId other = new Region(2).stream;
    assertThat(continues(new Witness(other, 0), true, own)).isFalse();
    assertThat(continues(new Witness(own, 0), true, other)).isFalse();
    assertThat(continues(new Witness(other, 0), true, other)).isTrue();
  }

  @Test
  void oneText() {
    Witness witness = new Witness(region.stream, 1L << 40);
    assertThat(witness.text()).isEqualTo(region.stream.name().hex() + " 1099511627776");
    assertThat(Witness.parse(witness.text())).contains(witness);
    String name = region.stream.name().hex();
    for (String text :
        new String[] {
          "",
          name,
          name + " ",
          name + " -1",
          name + " 01",
          name + " +1",
          name + " x",
          name + " 1 ",
          name.substring(2) + " 1",
          name.toUpperCase(Locale.ROOT) + " 1",
          "zz" + name.substring(2) + " 1",
          name + " 9999999999999999999"
        }) {
      assertThat(Witness.parse(text)).as(text).isEmpty();
    }
  }
}
