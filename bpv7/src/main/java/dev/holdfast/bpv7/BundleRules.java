package dev.holdfast.bpv7;

import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.BundleHead.PayloadHeader;
import dev.holdfast.bpv7.HeadReader.Frame;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.wire.WireException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The rules that hold between the blocks of a bundle. */
final class BundleRules {
  private static final ReadOptions NEW =
      ReadOptions.lenient(EnumSet.of(Leniency.PRIMARY_INTEGRITY));

  private BundleRules() {}

  static void check(
      PrimaryBlock primary, List<Frame> frames, PayloadHeader payload, ReadOptions options) {
    checkOccurrences(frames);
    if (primary.created().time().isUnknown() && !options.allows(Leniency.BUNDLE_AGE)) {
      checkAged(frames);
    }
    if (!options.allows(Leniency.FLAG_RULES)) {
      checkBlockReports(primary, frames, payload);
    }
    if (primary.fragment().isPresent()) {
      checkExtent(primary.fragment().get(), payload.length());
    }
    if (primary.crc() == CrcType.NONE
        && !options.allows(Leniency.PRIMARY_INTEGRITY)
        && !targets(BlockType.BLOCK_INTEGRITY, frames).contains(0)) { // RFC 9171 §4.3.1
      throw new WireException(
          1,
          "RFC 9171 §4.3.1",
          "the primary block has neither a CRC nor a block integrity block over it");
    }
  }

  /**
   * The rules for a bundle that is made here. A primary block without a CRC passes, since it is
   * asked for by name and a block integrity block may follow.
   */
  static void checkNew(BundleHead head) {
    PrimaryBlock primary = head.primary();
    Optional<String> flagFault = flagFault(primary.flags(), primary.source());
    if (flagFault.isPresent()) {
      throw new WireException(1, "RFC 9171 §4.2.3", flagFault.get());
    }
    List<Frame> frames = new ArrayList<>(head.extensions().size());
    for (Extension extension : head.extensions()) {
      long number = extension.block().header().number();
      for (Frame frame : frames) {
        if (frame.block().header().number() == number) { // RFC 9171 §4.1
          throw new WireException(1, "RFC 9171 §4.1", "two blocks have the number " + number);
        }
      }
      if (number == 0 || number == 1) { // RFC 9171 §4.1
        throw new WireException(1, "RFC 9171 §4.1", "an extension block has the number " + number);
      }
      frames.add(new Frame(extension.block(), extension.encoded(), 1, 1));
    }
    check(primary, frames, head.payload(), NEW);
  }

  /** What is wrong with the processing flags of a bundle from {@code source}, if anything. */
  static Optional<String> flagFault(BundleFlags flags, Eid source) {
    if (flags.asksForReports()) {
      if (flags.has(BundleFlags.ADMIN_RECORD)) { // RFC 9171 §4.2.3
        return Optional.of("an administrative record asks for status reports");
      }
      if (source.isNull()) { // RFC 9171 §4.2.3
        return Optional.of("a bundle without a source asks for status reports");
      }
    }
    if (source.isNull() && !flags.has(BundleFlags.MUST_NOT_FRAGMENT)) { // RFC 9171 §4.2.3
      return Optional.of("a bundle without a source does not forbid its fragmentation");
    }
    return Optional.empty();
  }

  private static void checkOccurrences(List<Frame> frames) {
    atMostOne(BlockType.PREVIOUS_NODE, frames, "RFC 9171 §4.4.1", "Previous Node");
    atMostOne(BlockType.BUNDLE_AGE, frames, "RFC 9171 §4.4.2", "Bundle Age");
    atMostOne(BlockType.HOP_COUNT, frames, "RFC 9171 §4.4.3", "Hop Count");
  }

  private static void checkAged(List<Frame> frames) {
    for (Frame frame : frames) {
      if (frame.block().type() == BlockType.BUNDLE_AGE) {
        return;
      }
    }
    throw new WireException( // RFC 9171 §4.4.2
        1, "RFC 9171 §4.4.2", "creation time zero without a Bundle Age block");
  }

  private static void atMostOne(long type, List<Frame> frames, String section, String name) {
    boolean seen = false;
    for (Frame frame : frames) {
      if (frame.block().type() == type) {
        if (seen) {
          throw new WireException(frame.offset(), section, "a second " + name + " block");
        }
        seen = true;
      }
    }
  }

  private static void checkBlockReports(
      PrimaryBlock primary, List<Frame> frames, PayloadHeader payload) {
    boolean silent = primary.flags().has(BundleFlags.ADMIN_RECORD) || primary.source().isNull();
    if (!silent) {
      return;
    }
    String reason =
        "a block asks for a report in a bundle that has no source or is an administrative record";
    for (Frame frame : frames) {
      if (frame.block().header().flags().has(BlockFlags.REPORT_UNPROCESSED)) { // RFC 9171 §4.2.4
        throw new WireException(frame.offset(), "RFC 9171 §4.2.4", reason);
      }
    }
    if (payload.flags().has(BlockFlags.REPORT_UNPROCESSED)) { // RFC 9171 §4.2.4
      throw new WireException(1, "RFC 9171 §4.2.4", reason);
    }
  }

  private static void checkExtent(FragmentInfo fragment, long length) {
    long room = fragment.totalLength() - fragment.offset();
    if (fragment.totalLength() == 0
        || Long.compareUnsigned(fragment.offset(), fragment.totalLength()) > 0
        || Long.compareUnsigned(length, room) > 0) { // RFC 9171 §5.8
      throw new WireException(
          1,
          "RFC 9171 §5.8",
          "a fragment of "
              + length
              + " bytes at "
              + Long.toUnsignedString(fragment.offset())
              + " reaches beyond the "
              + Long.toUnsignedString(fragment.totalLength())
              + " bytes of the whole");
    }
  }

  /** The blocks whose data are ciphertext (RFC 9172 §3.8). */
  static SecurityTargets encrypted(List<Frame> frames) {
    return targets(BlockType.BLOCK_CONFIDENTIALITY, frames);
  }

  private static SecurityTargets targets(long type, List<Frame> frames) {
    SecurityTargets targets = new SecurityTargets();
    for (Frame frame : frames) {
      targets.add(type, frame.block());
    }
    return targets;
  }
}
