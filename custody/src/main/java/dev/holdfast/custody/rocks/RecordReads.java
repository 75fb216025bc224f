package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import java.util.Optional;

/** Reads records of others. Any platform thread. */
record RecordReads(Database database) {
  Optional<Octets> get(Octets key) {
    return database.get(Family.RECORDS, key.toByteArray()).map(Octets::wrap);
  }

  /** Shows those of a range, as they are now; how many it showed. */
  long visit(Octets from, Octets to, BundleStore.RecordVisitor visitor) {
    long shown = 0;
    if (from.compareTo(to) >= 0) {
      return shown;
    }
    try (Cursor cursor = database.range(Family.RECORDS, from.toByteArray(), to.toByteArray())) {
      boolean further = true;
      while (further && cursor.next()) {
        shown++;
        further = visitor.visit(Octets.wrap(cursor.key()), Octets.wrap(cursor.value()));
      }
    }
    return shown;
  }
}
