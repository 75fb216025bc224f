package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.mtcp.MtcpPart;
import dev.holdfast.bpv7.mtcp.MtcpReader;
import dev.holdfast.bpv7.wire.Octets;
import java.util.List;

/** MTCP: bundles as byte strings, in one direction; nobody says who they are. */
final class MtcpTalk implements Talk {
  private final Line line;
  private final List<MtcpReader> readers;
  private final long[] bundles = {Crossings.NONE, Crossings.NONE};

  MtcpTalk(Line line, CaptureLimits limits) {
    this.line = line;
    // The limit is the crossings' to tell; the reader only needs one that a length can keep.
    long longest = Math.max(limits.bundleBytes(), 1L << 40);
    this.readers = List.of(new MtcpReader(longest), new MtcpReader(longest));
  }

  @Override
  public void on(int side, Octets octets) {
    if (!octets.isEmpty()) {
      line.up(side);
    }
    for (MtcpPart part : readers.get(side).on(octets)) {
      switch (part) {
        case MtcpPart.BundleStarted _ -> bundles[side] = line.begin(side, CaptureLayer.MTCP);
        case MtcpPart.BundleData(Octets data) -> line.data(side, bundles[side], data);
        case MtcpPart.BundleEnded() -> {
          line.crossings().whole(bundles[side]);
          bundles[side] = Crossings.NONE;
        }
        case MtcpPart.Keepalive() -> {}
        case MtcpPart.Unreadable unreadable ->
            line.unreadable(side, "no MTCP: " + unreadable.fault());
      }
    }
  }

  @Override
  public void end(int side, String why) {
    line.crossings().broken(bundles[side], why);
    bundles[side] = Crossings.NONE;
  }
}
