package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.BundleIntake;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads the bytes of held bundles and compares them with what is said of them. One thread. */
final class PayloadVerifier {
  private static final int STEP = 256 << 10;

  /** Is told what is wrong. */
  @FunctionalInterface
  interface Found {
    void tell(Finding.Kind kind, String where, String problem);
  }

  private final Database database;
  private final HeldReads reads;
  private final PayloadFiles files;
  private final Found found;

  PayloadVerifier(Database database, HeldReads reads, PayloadFiles files, Found found) {
    this.database = database;
    this.reads = reads;
    this.files = files;
    this.found = found;
  }

  /** Reads a held bundle from end to end. */
  void bundle(String where, HeldBundle bundle) {
    try {
      Optional<BytesRecord> bytes = reads.bytes(bundle.key());
      if (bytes.isEmpty()) {
        found.tell(Finding.Kind.PAYLOAD, where, "its bytes are missing");
        return;
      }
      BytesRecord record = bytes.get();
      BundleStore.Ends ends = record.ends();
      HeldBundle.Sizes sizes =
          new HeldBundle.Sizes(ends.head().size(), record.payloadLength(), ends.trailer().size());
      if (!sizes.equals(bundle.sizes())) {
        found.tell(Finding.Kind.PAYLOAD, where, "has " + sizes + ", not " + bundle.sizes());
        return;
      }
      if (record.place() == BytesRecord.Place.IN_FILE && !isTied(bundle.key(), record.file())) {
        found.tell(Finding.Kind.PAYLOAD, where, "is not tied to its file " + record.file());
        return;
      }
      read(where, bundle, ends);
    } catch (StoreException unreadable) {
      found.tell(Finding.Kind.PAYLOAD, where, String.valueOf(unreadable.getMessage()));
    }
  }

  private boolean isTied(HeldKey key, long file) {
    return database
        .get(Family.SPOOLED, Keyspace.spoolOf(key))
        .map(Keyspace::readU64)
        .equals(Optional.of(file));
  }

  private void read(String where, HeldBundle bundle, BundleStore.Ends ends) {
    BundleIntake intake = new BundleIntake(ReadOptions.STORED);
    boolean right = isRight(where, intake.feed(ends.head()));
    for (long at = 0; right && at < bundle.sizes().payload(); at += STEP) {
      Optional<Octets> part = reads.read(bundle.key(), at, STEP);
      right = isRight(where, intake.feed(part.orElse(Octets.EMPTY)));
    }
    if (right && isRight(where, intake.feed(ends.trailer()))) {
      isRight(where, intake.finish());
    }
  }

  private boolean isRight(String where, List<BundleIntake.Output> outputs) {
    for (BundleIntake.Output output : outputs) {
      if (output instanceof BundleIntake.Output.Invalid invalid) {
        found.tell(Finding.Kind.BUNDLE, where, invalid.fault().toString());
        return false;
      }
    }
    return true;
  }

  /** Looks at one half of a tie between a bundle and a payload file. */
  void tie(byte[] key, byte[] value) {
    if (!Keyspace.startsWith(key, Keyspace.SPOOLED_FILES)) {
      return;
    }
    Keyspace.Tie tie = Keyspace.readTie(key, value);
    PayloadFiles.Finished file = tie.file();
    String where = "payload file " + files.path(file.number());
    if (!isTied(tie.key(), file.number()) || reads.get(tie.key()).isEmpty()) {
      found.tell(
          Finding.Kind.INDEX, where, "is tied to bundle " + tie.key().sequence() + " only one way");
    }
    CRC32C crc = new CRC32C();
    long at = 0;
    Optional<Octets> part = files.read(file.number(), at, STEP);
    while (part.isPresent() && !part.get().isEmpty()) {
      part.get().read((array, offset, length) -> update(crc, array, offset, length));
      at += part.get().size();
      part = files.read(file.number(), at, STEP);
    }
    if (part.isEmpty()) {
      found.tell(Finding.Kind.PAYLOAD, where, "is missing");
    } else if (at != file.length()) {
      found.tell(Finding.Kind.PAYLOAD, where, "has " + at + " bytes, not " + file.length());
    } else if ((int) crc.getValue() != file.crc()) {
      found.tell(Finding.Kind.PAYLOAD, where, "has other bytes than were written (CRC-32C)");
    }
  }

  private static CRC32C update(CRC32C crc, byte[] array, int offset, int length) {
    crc.update(array, offset, length);
    return crc;
  }

  /**
   * Looks for payload files of no bundle.
   *
   * @return how many files there are
   */
  long files() {
    long count = 0;
    for (long number : files.numbers()) {
      count++;
      if (database.get(Family.SPOOLED, Keyspace.spooledFile(number)).isEmpty()) {
        found.tell(
            Finding.Kind.UNTIED,
            "payload file " + files.path(number),
            "belongs to no bundle; the next start of the gateway sweeps it");
      }
    }
    return count;
  }
}
