package dev.holdfast.gateway.opportunistic;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;

/**
 * Hostile bytes: what they tell is within its range and is the same once it is written and read
 * again, or they tell nothing. The first byte says how long the payload is, the block is the rest.
 */
class EncounterRecordFuzzTest {
  private static final int MOST = 64;

  private static BundleHead head(Octets block) {
    return BundleBuilder.to(IpnEid.of(2, 0))
        .from(IpnEid.of(1, 0))
        .created(new CreationTimestamp(new DtnTime(1000), 1))
        .lifetime(1000)
        .block(EncounterRecord.BLOCK_TYPE, BlockFlags.NONE, block)
        .head(1);
  }

  @FuzzTest(maxDuration = "1m")
  void hearsAnything(byte[] bytes) {
    Octets input = Octets.wrap(bytes);
    int split = bytes.length == 0 ? 0 : Math.min(bytes.length, 1 + (bytes[0] & 0xff));
    Octets payload = input.slice(Math.min(1, bytes.length), split);
    EncounterRecord.of(head(input.slice(split, bytes.length)), payload)
        .ifPresent(EncounterRecordFuzzTest::isSound);
  }

  private static void isSound(EncounterRecord heard) {
    if (heard.predictabilities().values().stream().anyMatch(p -> !(p >= 0 && p <= 1))) {
      throw new AssertionError("out of range: " + heard.predictabilities());
    }
    SummaryVector summary = new SummaryVector(MOST);
    heard.summary().ifPresent(summary::addAll);
    EncounterRecord again =
        EncounterRecord.of(
                head(EncounterRecord.blockData(heard.predictabilities())),
                EncounterRecord.payload(summary))
            .orElseThrow();
    SummaryVector summaryAgain = new SummaryVector(MOST);
    again.summary().ifPresent(summaryAgain::addAll);
    if (summary.size() > MOST
        || !summaryAgain.encode().equals(summary.encode())
        || !again.predictabilities().equals(heard.predictabilities())) {
      throw new AssertionError(again + " and not " + heard);
    }
  }
}
