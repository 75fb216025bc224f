package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.BlockLimits;
import dev.holdfast.crdt.block.Numbers;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.ContentPeeler;
import dev.holdfast.crdt.digest.SketchKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What proves a replica, as it is at one moment, and cells of what proves another one, which come
 * little by little: what only the other has is found. Nothing of it is verified. For one thread.
 */
public final class Repair {
  private final BlockLog log;
  private final BlockLimits limits;
  private final ContentPeeler peeler;
  private final Map<Long, SortedMap<Integer, Octets>> pieces = new HashMap<>();
  private final Map<Place, SignedHeader> headers = new HashMap<>();
  private final Map<Place, List<Waiting>> waiting = new HashMap<>();

  /** Where a block stands in its stream. */
  private record Place(StreamId stream, long last) {}

  /** An entry whose header is not here yet. */
  private record Waiting(long name, Octets shown) {}

  Repair(BlockLog log, BlockLimits limits, SketchKey key, List<ContentCells> ours) {
    this.log = log;
    this.limits = limits;
    this.peeler = new ContentPeeler(key, ours);
  }

  /**
   * An entry that only the other has.
   *
   * @param name of the entry in its sketch, if it is what it says
   * @param block that shows it alone, not verified
   */
  public record Found(long name, Block block) {}

  /** Whether it can be compared with cells of that range. */
  public boolean reaches(CellRange range) {
    return peeler.reaches(range);
  }

  /** Takes cells, which it {@linkplain #reaches}, and gives what is found by them. */
  public List<Found> add(ContentCells theirs) {
    List<Found> found = new ArrayList<>();
    for (Octets chunk : peeler.add(theirs)) {
      complete(chunk).ifPresent(octets -> read(Layout.number(chunk, 0), octets, found));
    }
    return found;
  }

  /** Why these cannot be cells of a state, if they cannot. */
  public Optional<String> refused() {
    return peeler.refused();
  }

  /** What a chunk is the last missing one of. */
  private Optional<Octets> complete(Octets chunk) {
    long name = Layout.number(chunk, 0);
    int place = chunk.unsigned(Proofs.PLACE_AT) << 8 | chunk.unsigned(Proofs.PLACE_AT + 1);
    SortedMap<Integer, Octets> some = pieces.computeIfAbsent(name, _ -> new TreeMap<>());
    some.put(place, chunk.from(Proofs.OCTETS_AT));
    Octets first = some.get(0);
    if (first == null) {
      return Optional.empty();
    }
    int length = first.unsigned(0) << 16 | first.unsigned(1) << 8 | first.unsigned(2);
    int count = Proofs.pieces(length);
    if (some.size() < count || some.lastKey() != count - 1) {
      return Optional.empty();
    }
    pieces.remove(name);
    Octets all = Octets.concat(List.copyOf(some.values()));
    return Optional.of(all.slice(Proofs.LENGTH, Proofs.LENGTH + length));
  }

  /** What does not read as what it should be is somebody's noise, and no entry. */
  private void read(long name, Octets octets, List<Found> found) {
    try {
      CborReader from = new CborReader(octets).in("crdt-sync/docs/0007");
      if (Numbers.read(from, Proofs.ENTRY, "the form") == Proofs.HEADER) {
        if (SignedHeader.decode(octets.from(from.offset()))
            instanceof Parsed.Good<SignedHeader>(SignedHeader signed)) {
          header(signed, found);
        }
      } else {
        int at = from.offset() + StreamId.SIZE;
        var stream = new StreamId(octets.slice(from.offset(), at).compact());
        CborReader rest = new CborReader(octets.from(at)).in("crdt-sync/docs/0007");
        Place place = new Place(stream, Numbers.read(rest));
        entry(place, new Waiting(name, octets.from(at + rest.offset())), found);
      }
    } catch (WireException | IndexOutOfBoundsException noise) {
      // Nothing is there, as if it had been lost.
    }
  }

  private void header(SignedHeader signed, List<Found> found) {
    Place place = new Place(signed.header().stream(), signed.header().covers().last());
    headers.put(place, signed);
    List<Waiting> some = waiting.remove(place);
    if (some != null) {
      some.forEach(each -> entry(place, each, found));
    }
  }

  private void entry(Place place, Waiting entry, List<Found> found) {
    SignedHeader signed = headers.get(place);
    if (signed == null) {
      signed = log.header(place.stream, place.last).orElse(null);
    }
    if (signed == null) {
      waiting.computeIfAbsent(place, _ -> new ArrayList<>()).add(entry);
    } else if (Block.decode(signed, entry.shown, limits)
        instanceof Parsed.Good<Block>(Block block)) {
      found.add(new Found(entry.name, block));
    }
  }
}
