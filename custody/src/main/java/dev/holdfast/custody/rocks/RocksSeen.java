package dev.holdfast.custody.rocks;

import dev.holdfast.custody.SeenKey;
import dev.holdfast.custody.SeenRecords;
import dev.holdfast.custody.SeenWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The remembered windows in the database. */
record RocksSeen(Database database, HeadBound bound) implements SeenRecords {
  @Override
  public Optional<SeenWindow> get(SeenKey key) {
    return database.get(Family.SEEN, Keyspace.seen(key)).map(RecordCodec::seen);
  }

  @Override
  public List<Entry> earliest(int limit) {
    List<Entry> found = new ArrayList<>();
    long writes = bound.writes();
    try (Cursor cursor = database.range(Family.SEEN_ENDS, bound.from(), new byte[0])) {
      while (found.size() < limit && cursor.next()) {
        byte[] key = cursor.key();
        if (found.isEmpty()) {
          bound.met(key, writes);
        }
        found.add(new Entry(Keyspace.readExpiry(key), Keyspace.readSeenEnd(key)));
      }
    }
    return found;
  }
}
