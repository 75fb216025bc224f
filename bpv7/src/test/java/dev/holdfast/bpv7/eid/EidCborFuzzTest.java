package dev.holdfast.bpv7.eid;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;

/** Hostile bytes: reading throws nothing, and what it accepts is written back byte for byte. */
final class EidCborFuzzTest {
  @FuzzTest
  void whateverTheBytesAreTheAnswerIsAValue(byte[] input) {
    Octets bytes = Octets.wrap(input);
    switch (Eids.decode(bytes)) {
      case Parsed.Good<Eid>(Eid eid) -> {
        if (!Eids.encode(eid).equals(bytes)) {
          throw new AssertionError("other bytes for " + eid);
        }
        if (!(eid instanceof UnknownEid) && !Eids.parse(eid.toString()).orElseThrow().equals(eid)) {
          throw new AssertionError("another identifier by its text " + eid);
        }
      }
      case Parsed.Bad<Eid> bad -> {
        if (bad.offset() < 0 || bad.offset() > input.length) {
          throw new AssertionError("a fault outside of the input");
        }
      }
    }
  }
}
