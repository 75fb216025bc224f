package dev.holdfast.gateway.opportunistic;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;

/** Hostile bytes: copies are never more than they may be, and are told on as they were heard. */
class SprayBlockFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void countsAnything(byte[] bytes) {
    BundleHead head =
        BundleBuilder.to(IpnEid.of(2, 0))
            .from(IpnEid.of(1, 0))
            .created(new CreationTimestamp(new DtnTime(1000), 1))
            .lifetime(1000)
            .block(SprayBlock.TYPE, BlockFlags.NONE, Octets.wrap(bytes))
            .head(1);
    int copies = SprayBlock.copies(head);
    if (copies < 0 || copies > SprayBlock.MOST_COPIES) {
      throw new AssertionError("out of range: " + copies);
    }
    BundleHead told = SprayBlock.with(head, copies);
    if (SprayBlock.copies(told) != copies || told.extensions().size() != 1) {
      throw new AssertionError("told otherwise than heard: " + copies);
    }
  }
}
