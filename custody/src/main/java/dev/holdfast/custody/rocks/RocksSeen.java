package dev.holdfast.custody.rocks;

import dev.holdfast.custody.SeenKey;
import dev.holdfast.custody.SeenRecords;
import dev.holdfast.custody.SeenWindow;
import java.util.Optional;
import java.util.function.Predicate;

/** The remembered windows in the database. */
record RocksSeen(Database database, HeadBound bound) implements SeenRecords {
  @Override
  public Optional<SeenWindow> get(SeenKey key) {
    return database.get(Family.SEEN, Keyspace.seen(key)).map(RecordCodec::seen);
  }

  @Override
  public void earliest(Predicate<Entry> further) {
    long writes = bound.writes();
    boolean first = true;
    boolean more = true;
    try (Cursor cursor = database.range(Family.SEEN_ENDS, bound.from(), new byte[0])) {
      while (more && cursor.next()) {
        byte[] key = cursor.key();
        if (first) {
          bound.met(key, writes);
          first = false;
        }
        more = further.test(new Entry(Keyspace.readExpiry(key), Keyspace.readSeenEnd(key)));
      }
    }
  }
}
