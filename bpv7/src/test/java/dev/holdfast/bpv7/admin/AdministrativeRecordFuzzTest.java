package dev.holdfast.bpv7.admin;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.wire.Octets;

/** Hostile bytes: reading throws nothing, and what it accepts is written back byte for byte. */
final class AdministrativeRecordFuzzTest {
  @FuzzTest
  void whateverTheBytesAreTheAnswerIsAValue(byte[] input) {
    Octets bytes = Octets.wrap(input);
    switch (AdministrativeRecords.decode(bytes, ReadOptions.STRICT)) {
      case Decoded.Valid<AdministrativeRecord>(AdministrativeRecord record) -> {
        if (!AdministrativeRecords.encode(record).equals(bytes)) {
          throw new AssertionError("other bytes for " + record);
        }
      }
      case Decoded.Invalid<AdministrativeRecord> invalid -> {
        if (invalid.fault().offset() < 0 || invalid.fault().offset() > input.length) {
          throw new AssertionError("a fault outside of the input");
        }
      }
    }
    AdministrativeRecords.decode(bytes, ReadOptions.STORED);
  }
}
