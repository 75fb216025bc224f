package dev.holdfast.bpv7;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.fragment.Fragmenter;
import dev.holdfast.bpv7.wire.Octets;

/**
 * Hostile bytes: reading throws nothing, and what it accepts is written back byte for byte, can be
 * forwarded and cut.
 */
final class BundleReaderFuzzTest {
  @FuzzTest
  void whateverTheBytesAreTheAnswerIsAValue(byte[] input) {
    Octets bytes = Octets.wrap(input);
    if (BundleReader.read(bytes, ReadOptions.STORED) instanceof Decoded.Valid<Bundle>(Bundle b)) {
      handled(b, ReadOptions.STORED);
    }
    switch (BundleReader.read(bytes, ReadOptions.STRICT)) {
      case Decoded.Invalid<Bundle> invalid -> {
        require(invalid.fault().offset() >= 0, "a fault before the input");
        require(invalid.fault().offset() <= input.length, "a fault behind the input");
      }
      case Decoded.Valid<Bundle>(Bundle bundle) -> {
        require(bundle.encoded().equals(bytes), "other bytes than were read");
        requireCanonical(bundle.head());
        handled(bundle, ReadOptions.STRICT);
      }
    }
    BundleReader.readHead(bytes);
  }

  private static void requireCanonical(BundleHead head) {
    require(
        PrimaryBlockCodec.encoded(head.primary()).encoded().equals(head.primary().encoded()),
        "the primary block has another encoding");
    for (Extension extension : head.extensions()) {
      // ION's block carries a label that is not kept apart from its bytes.
      require(
          extension.block().type() == BlockType.ION_QUALITY_OF_SERVICE
              || extension.block() instanceof CanonicalBlock.Traffic
              || BundleWriter.extension(extension.block()).equals(extension),
          "an extension block has another encoding");
    }
  }

  private static void handled(Bundle bundle, ReadOptions options) {
    BundleHead sent = BundleEditor.forward(bundle.head(), new ForwardEdit(IpnEid.of(9, 0), 17));
    requireReadable(new Bundle(sent, bundle.payload(), bundle.trailer()), options);
    int size = bundle.payload().size();
    if (Fragmenter.obstacle(bundle.head()).isEmpty() && size > 0) {
      requireReadable(Fragmenter.cut(bundle, size / 2, size - size / 2), options);
    }
  }

  private static void requireReadable(Bundle made, ReadOptions options) {
    require(
        BundleReader.read(made.encoded(), options) instanceof Decoded.Valid<Bundle>(Bundle read)
            && read.equals(made),
        "what was made of it cannot be read");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
