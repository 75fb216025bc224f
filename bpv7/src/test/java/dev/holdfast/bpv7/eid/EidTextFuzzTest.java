package dev.holdfast.bpv7.eid;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.wire.Parsed;
import java.nio.charset.StandardCharsets;

/** Hostile texts: parsing throws nothing, and what it accepts says itself again. */
final class EidTextFuzzTest {
  @FuzzTest
  void whateverTheTextIsTheAnswerIsAValue(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    switch (Eids.parse(text)) {
      case Parsed.Good<Eid>(Eid eid) -> {
        require(Eids.parse(eid.toString()).orElseThrow().equals(eid), "another text");
        require(Eids.decode(Eids.encode(eid)).orElseThrow().equals(eid), "other bytes");
      }
      case Parsed.Bad<Eid> bad ->
          require(bad.offset() >= 0 && bad.offset() <= text.length(), "a fault outside");
    }
    switch (EidPattern.parse(text)) {
      case Parsed.Good<EidPattern>(EidPattern pattern) -> {
        require(EidPattern.parse(pattern.toString()).orElseThrow().equals(pattern), "not itself");
        pattern.matches(IpnEid.of(1, 1));
        pattern.matches(new DtnEid("n", "x"));
        pattern.matches(Eid.NULL);
      }
      case Parsed.Bad<EidPattern> bad ->
          require(bad.offset() >= 0 && bad.offset() <= text.length(), "a fault outside");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
