package dev.holdfast.crdt.keys;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.replica.ClassId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which key signs what in one class: of each region that is configured its first key, and what it
 * has said of later ones since. Immutable.
 *
 * <p>A key signs a range of a stream's numbers, not a range of time: what was written under an old
 * key stays right however late it comes, and nothing can be written there that was not.
 */
public final class KeyRing {
  /**
   * Streams that a region may begin under one key, a restored copy a week for 78 years: each costs
   * everybody 30 bytes in every frontier, for ever.
   */
  public static final int MOST_BEGUN = 4_096;

  private static final String SECTION = "crdt-sync/docs/0005, key ring";
  private static final int VERSION = 1;
  private static final int NAME_BYTES_MAX = 256;

  private final String className;
  private final ClassId exportClass;
  private final SortedMap<RegionId, KeyHistory> regions;
  private final SortedMap<StreamId, Writer> streams;

  private KeyRing(
      String className,
      SortedMap<RegionId, KeyHistory> regions,
      SortedMap<StreamId, Writer> streams) {
    this.className = className;
    this.exportClass = ClassId.of(className);
    this.regions = regions;
    this.streams = Collections.unmodifiableSortedMap(streams);
  }

  /** Adds the streams of a region. */
  private static void addStreams(
      SortedMap<StreamId, Writer> to, String className, KeyHistory history) {
    VerifyKey firstKey = history.initial().firstKey();
    RegionId region = RegionId.of(firstKey);
    for (long incarnation : history.incarnations()) {
      StreamId stream = StreamId.of(firstKey, incarnation, className);
      to.put(stream, new Writer(region, firstKey, incarnation, className));
    }
  }

  /**
   * Whose a stream is.
   *
   * @param region the region
   * @param firstKey its first key
   * @param incarnation which of its streams of that class
   * @param className the class
   */
  public record Writer(RegionId region, VerifyKey firstKey, long incarnation, String className) {}

  /**
   * The key with which a region signs now.
   *
   * @param index its number
   * @param key the key
   */
  public record Current(int index, VerifyKey key) {}

  /** What came of a statement. */
  public sealed interface Addition {}

  /**
   * It holds from now on.
   *
   * @param ring with it, to be kept; blocks that came before may turn out to be a thief's: those of
   *     a stream from a number on that another key signs now, and of streams that were begun with
   *     the key before and that no later one has spoken of
   */
  public record Added(KeyRing ring) implements Addition {}

  /** It is known. */
  public record Duplicate() implements Addition {}

  /**
   * Others before it are missing: ask for them.
   *
   * @param number the first one that is
   */
  public record Missing(int number) implements Addition {}

  /**
   * Both are signed as they should be, and only one of them can be true: whoever has the key before
   * said both, the region or a thief. What was known first goes on.
   *
   * @param known the one that holds
   * @param other the other
   */
  public record Contradiction(KeyChange known, KeyChange other) implements Addition {}

  /**
   * It is not what the region says, or cannot be.
   *
   * @param why for people
   */
  public record Refused(String why) implements Addition {}

  /** Which key must have signed a header. */
  public sealed interface Signer {}

  /**
   * That one: whether it did is to be {@linkplain dev.holdfast.crdt.block.Block#verify verified}.
   *
   * @param key the key
   * @param writer whose stream it is
   */
  public record Known(VerifyKey key, Writer writer) implements Signer {}

  /** Of a stream that no region known has told of: ask for keys. */
  public record UnknownStream() implements Signer {}

  /**
   * One that its region has not told us of yet: ask for keys.
   *
   * @param index the number that the header says
   */
  public record KeyMissing(int index) implements Signer {}

  /**
   * Another than the header says, or not the same for all numbers covered: not to be taken.
   *
   * @param why for people
   */
  public record WrongKey(String why) implements Signer {}

  /** Of a class, no region known. */
  public static KeyRing of(String className) {
    return new KeyRing(className, new TreeMap<>(), new TreeMap<>());
  }

  /** This and a region that is configured; the same if it is known. */
  public KeyRing with(VerifyKey firstKey) {
    RegionId region = RegionId.of(firstKey);
    return regions.containsKey(region) ? this : with(region, KeyHistory.of(exportClass, firstKey));
  }

  private KeyRing with(RegionId region, KeyHistory history) {
    var more = new TreeMap<>(regions);
    more.put(region, history);
    var known = new TreeMap<>(streams);
    known.values().removeIf(writer -> writer.region().equals(region));
    addStreams(known, className, history);
    return new KeyRing(className, more, known);
  }

  /** The class's name on the wire. */
  public ClassId exportClass() {
    return exportClass;
  }

  /** The class's name. */
  public String className() {
    return className;
  }

  /** All regions known, in their order. */
  public List<RegionId> regions() {
    return List.copyOf(regions.keySet());
  }

  /** All streams that regions have told of, also by being configured, and whose they are. */
  public SortedMap<StreamId, Writer> streams() {
    return streams;
  }

  /** Whose a stream is; empty if nobody told of it. */
  public Optional<Writer> writer(StreamId stream) {
    return Optional.ofNullable(streams.get(stream));
  }

  /**
   * The name of a stream of a region.
   *
   * @throws IllegalArgumentException if the region is not known
   */
  public StreamId stream(RegionId region, long incarnation) {
    return StreamId.of(history(region).initial().firstKey(), incarnation, className);
  }

  /** The latest key of a region; empty if the region is not known. */
  public Optional<Current> current(RegionId region) {
    KeyHistory history = regions.get(region);
    if (history == null) {
      return Optional.empty();
    }
    KeyChange.Terms latest = history.latest();
    return Optional.of(new Current(latest.index(), latest.key()));
  }

  /** What a region has said and counts, in order; empty if it is not known, or said nothing. */
  public List<KeyStatement> statements(RegionId region) {
    KeyHistory history = regions.get(region);
    return history == null ? List.of() : history.statements();
  }

  /** What all regions have said. */
  public List<KeyStatement> statements() {
    return regions.values().stream().flatMap(it -> it.statements().stream()).toList();
  }

  /** What follows from a statement, from whomever it came. */
  public Addition add(KeyStatement statement) {
    RegionId region = RegionId.of(statement.firstKey());
    KeyHistory history = regions.get(region);
    if (history == null || !statement.exportClass().equals(exportClass)) {
      return new Refused(statement + " is of a region or a class that is not known here");
    }
    return switch (statement) {
      case KeyChange change -> add(region, history, change);
      case Beginning beginning -> add(region, history, beginning);
    };
  }

  private Addition add(RegionId region, KeyHistory history, KeyChange change) {
    KeyChange.Terms terms = change.terms();
    if (terms.number() > history.last() + 1) {
      return new Missing(history.last() + 1);
    }
    if (terms.number() <= history.last()) {
      KeyChange known = history.changes().get(terms.number() - 1);
      if (known.terms().equals(terms)) {
        return new Duplicate();
      }
      return change.verifies(history.terms(terms.number() - 1).key())
          ? new Contradiction(known, change)
          : new Refused(terms + " is not what is known, nor signed as it should be");
    }
    Optional<String> misfit = history.misfit(change);
    if (misfit.isPresent()) {
      return new Refused(misfit.get());
    }
    return change.verifies(history.latest().key())
        ? new Added(with(region, history.with(change)))
        : new Refused(terms + " is not signed as it should be");
  }

  private Addition add(RegionId region, KeyHistory history, Beginning beginning) {
    int latest = history.latest().index();
    if (beginning.index() > latest) {
      return new Missing(history.last() + 1);
    }
    if (history.incarnations().contains(beginning.incarnation())) {
      return new Duplicate();
    }
    if (beginning.index() < latest) {
      return new Refused(beginning + ", which was replaced since");
    }
    if (history.begun().size() >= MOST_BEGUN) {
      return new Refused(beginning + ", beyond the " + history.begun().size() + " it may begin");
    }
    return beginning.verifies(history.latest().key())
        ? new Added(with(region, history.with(beginning)))
        : new Refused(beginning + " is not signed as it should be");
  }

  /** Which key must have signed a header; whether it did is for the caller to verify. */
  public Signer signer(Header header) {
    Writer writer = streams.get(header.stream());
    KeyHistory history = writer == null ? null : regions.get(writer.region());
    return writer == null || history == null ? new UnknownStream() : history.signer(writer, header);
  }

  /** Whether a header is what the writer of its stream signed. */
  public boolean verifies(SignedHeader signed) {
    return signer(signed.header()) instanceof Known(VerifyKey key, Writer _)
        && signed.verifies(key);
  }

  /**
   * A region says that it signs a stream with another key from a number on: to be added here, kept,
   * and sent to all. Of its other streams only those still count of which a numbered statement
   * speaks: it has to {@link #end} those that it wants to keep.
   *
   * @param region which one
   * @param incarnation of the stream that it writes
   * @param from the first number that is not in a sealed block yet
   * @param before its key until now
   * @param next a key that it never had
   * @throws IllegalArgumentException if that cannot follow on what is known
   */
  public KeyChange rotate(
      RegionId region, long incarnation, long from, SigningKey before, SigningKey next) {
    return say(region, incarnation, from, before, Optional.of(next));
  }

  /**
   * A region says that it begins a new stream, since it may have lost what it wrote to the one
   * before.
   *
   * @param region which one
   * @param incarnation 1 or more, drawn at random, so that no other life of the region draws it too
   * @param key its latest key
   * @throws IllegalArgumentException if it is another key, or the region has that incarnation
   */
  public Beginning begin(RegionId region, long incarnation, SigningKey key) {
    KeyChange.Terms now = history(region).latest();
    Beginning beginning =
        Beginning.sign(exportClass, now.firstKey(), incarnation, now.index(), key);
    if (!(add(beginning) instanceof Added)) {
      throw new IllegalArgumentException(beginning + " cannot be begun");
    }
    return beginning;
  }

  /**
   * A region says that an older stream of it ends: nobody signs it from a number on. Else who
   * steals a key that it had when it wrote that stream could go on with it; streams that were begun
   * under a key, and that it does not say this of, count no more once that key is replaced.
   *
   * @param region which one
   * @param incarnation of a stream that it does not write any more
   * @param began the index of the key that the stream was begun with
   * @param from the first number that anybody should not take
   * @param key its latest key, which did not sign that stream
   * @throws IllegalArgumentException if that cannot follow on what is known
   */
  public KeyChange end(RegionId region, long incarnation, int began, long from, SigningKey key) {
    return say(region, new Side(incarnation, began), from, key, Optional.empty());
  }

  /** A stream, and the key that it was begun with. */
  private record Side(long incarnation, int began) {}

  /** What is known of a region's keys. */
  public KeyHistory history(RegionId region) {
    KeyHistory history = regions.get(region);
    if (history == null) {
      throw new IllegalArgumentException("region " + region + " is not known");
    }
    return history;
  }

  private KeyChange say(
      RegionId region, long incarnation, long from, SigningKey before, Optional<SigningKey> next) {
    int began =
        history(region)
            .began(incarnation)
            .orElseThrow(() -> new IllegalArgumentException("no incarnation " + incarnation));
    return say(region, new Side(incarnation, began), from, before, next);
  }

  private KeyChange say(
      RegionId region, Side stream, long from, SigningKey before, Optional<SigningKey> next) {
    KeyChange.Terms now = history(region).latest();
    KeyChange.Terms terms =
        new KeyChange.Terms(
            exportClass,
            now.firstKey(),
            now.number() + 1,
            stream.incarnation(),
            stream.began(),
            now.index() + (next.isPresent() ? 1 : 0),
            from,
            next.orElse(before).verifyKey());
    KeyChange change = KeyChange.sign(terms, before, next);
    return switch (add(change)) {
      case Added _ -> change;
      case Refused(String why) -> throw new IllegalArgumentException(why);
      case Duplicate _, Missing _, Contradiction _ ->
          throw new IllegalStateException("the next statement is not the next one: " + terms);
    };
  }

  /** As it is to be kept. */
  public Octets encode() {
    var to = new CborWriter(1_024).array(3).unsigned(VERSION).text(className).array(regions.size());
    for (KeyHistory history : regions.values()) {
      List<KeyStatement> statements = history.statements();
      to.array(2).bytes(history.initial().key().octets()).array(statements.size());
      statements.forEach(statement -> statement.write(to));
      to.end().end();
    }
    return to.end().end().finish();
  }

  /** As it was kept. Signatures were verified before, and are not again. */
  public static Parsed<KeyRing> decode(Octets octets) {
    try {
      CborReader from = new CborReader(octets).in(SECTION);
      from.array(3);
      int where = from.offset();
      if (from.unsigned(Integer.MAX_VALUE) != VERSION) {
        throw from.fault(where, "a key ring of another version");
      }
      KeyRing none = of(from.text(NAME_BYTES_MAX));
      var regions = new TreeMap<RegionId, KeyHistory>();
      var streams = new TreeMap<StreamId, Writer>();
      int count = from.array();
      for (int i = 0; i < count; i++) {
        where = from.offset();
        from.array(2);
        KeyHistory history = KeyHistory.of(none.exportClass, KeyStatement.key(from));
        RegionId region = RegionId.of(history.initial().firstKey());
        if (!regions.isEmpty() && regions.lastKey().compareTo(region) >= 0) {
          throw from.fault(where, "regions come in the order of their names, each once");
        }
        KeyHistory all = history(from, history);
        addStreams(streams, none.className, all);
        regions.put(region, all);
      }
      from.expectEnd();
      return new Parsed.Good<>(new KeyRing(none.className, regions, streams));
    } catch (WireException fault) {
      return new Parsed.Bad<>(fault);
    }
  }

  private static KeyHistory history(CborReader from, KeyHistory initial) {
    int count = from.array();
    KeyHistory history = initial;
    for (int i = 0; i < count; i++) {
      int where = from.offset();
      KeyStatement statement = KeyStatement.read(from, initial.initial().exportClass());
      if (!statement.firstKey().equals(initial.initial().firstKey())) {
        throw from.fault(where, "a statement of another region");
      }
      history =
          switch (statement) {
            case KeyChange change -> {
              boolean next =
                  change.terms().number() == history.last() + 1 && history.begun().isEmpty();
              Optional<String> misfit =
                  next ? history.misfit(change) : Optional.of("not the region's next statement");
              if (misfit.isPresent()) {
                throw from.fault(where, misfit.get());
              }
              yield history.with(change);
            }
            case Beginning beginning -> {
              var before = history.begun();
              boolean next =
                  beginning.index() == history.latest().index()
                      && !history.incarnations().contains(beginning.incarnation())
                      && (before.isEmpty() || before.lastKey() < beginning.incarnation());
              if (!next) {
                throw from.fault(where, beginning + " is not in its place");
              }
              yield history.with(beginning);
            }
          };
    }
    return history;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyRing that
        && className.equals(that.className)
        && regions.equals(that.regions);
  }

  @Override
  public int hashCode() {
    return regions.hashCode();
  }

  /** For people. */
  @Override
  public String toString() {
    return "keys of class " + className + ": " + regions.size() + " regions";
  }
}
