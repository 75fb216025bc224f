package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.crdt.twin.Conflict;
import dev.holdfast.crdt.twin.Refusal;
import dev.holdfast.crdt.twin.ThingId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What is answered about twins. */
public sealed interface TwinAnswer {
  /**
   * What stands somewhere.
   *
   * @param json what
   * @param tag stands for the writes that the whole thing holds: the same exactly if these are
   * @param lastWrite when its last write was, by its writer's clock; empty if no value tells
   * @param conflicts at the path and below it
   * @param asOf how far each region is known
   */
  record Shown(
      JsonNode json,
      String tag,
      Optional<DtnTime> lastWrite,
      List<Conflict> conflicts,
      List<AsOf> asOf)
      implements TwinAnswer {
    /** Keeps its own copies. */
    public Shown {
      conflicts = List.copyOf(conflicts);
      asOf = List.copyOf(asOf);
    }
  }

  /**
   * How far one region's writes are known here, in one class.
   *
   * @param region its name
   * @param exportClass name of the class
   * @param last how many of its writes are here, those from its first on
   * @param ageSeconds what is here is not older than this, if the region is still there: it had
   *     written nothing more by then; -1 if that is not known; 0 for this region itself
   */
  record AsOf(String region, String exportClass, long last, long ageSeconds) {}

  /**
   * Some things.
   *
   * @param things by id
   * @param more whether there are more after them
   */
  record Listed(List<ThingId> things, boolean more) implements TwinAnswer {
    /** Keeps its own copy. */
    public Listed {
      things = List.copyOf(things);
    }
  }

  /**
   * It is as wished, and durable.
   *
   * @param created whether what was put was not there before
   * @param edits how many writes it took; 0 if all was so already
   * @param tag of the thing as it is now
   */
  record Changed(boolean created, int edits, String tag) implements TwinAnswer {}

  /**
   * The condition does not hold; nothing has changed.
   *
   * @param tag of the thing as it is; empty if it is not there
   */
  record Mismatch(Optional<String> tag) implements TwinAnswer {}

  /**
   * It is not to be; nothing has changed.
   *
   * @param refusal what, where, how to mend it
   */
  record Refused(Refusal refusal) implements TwinAnswer {}

  /**
   * It cannot be done now, or not here.
   *
   * @param reason which kind of reason
   * @param text what, where, and how to mend it
   */
  record Failed(Reason reason, String text) implements TwinAnswer {}

  /** Kinds of failure. */
  enum Reason {
    /** What was asked makes no sense. */
    INVALID,
    /** There is no such region or class here. */
    NOT_FOUND,
    /** The store has no room. */
    NO_SPACE,
    /** The gateway is stopping. */
    STOPPING
  }

  /**
   * A canonical object.
   *
   * @param json the object
   */
  record Document(JsonNode json) implements TwinAnswer {}

  /**
   * How the classes are.
   *
   * @param classes by name
   * @param problems how often each kind of thing went wrong since the start
   */
  record Regions(List<ClassStatus> classes, SortedMap<Notice.What, Long> problems)
      implements TwinAnswer {
    /** Keeps its own copies. */
    public Regions {
      classes = List.copyOf(classes);
      problems = Collections.unmodifiableSortedMap(new TreeMap<>(problems));
    }
  }

  /**
   * How one class is.
   *
   * @param name of the class
   * @param root stands for all that is there: equal where two regions are in step
   * @param entries how many entries it holds
   * @param unsealed writes that nobody was told of yet
   * @param asOf how far each region is known
   * @param peers what is known of those it is shared with
   * @param keys which key each region signs with, as far as is known
   */
  record ClassStatus(
      String name,
      String root,
      long entries,
      long unsealed,
      List<AsOf> asOf,
      List<PeerStatus> peers,
      List<KeyStatus> keys) {
    /** Keeps its own copies. */
    public ClassStatus {
      asOf = List.copyOf(asOf);
      peers = List.copyOf(peers);
      keys = List.copyOf(keys);
    }
  }

  /**
   * Which key a region signs with.
   *
   * @param region its name
   * @param index which of its keys that is: 0 is the first
   * @param key the public key
   */
  record KeyStatus(String region, int index, VerifyKey key) {}

  /**
   * What is known of a region that a class is shared with.
   *
   * @param region its name
   * @param open whether messages can leave to it now
   * @param inStep whether what it said last is what is here now
   * @param heard when it said that, by its clock; empty if it was never heard
   * @param knowsOurs the last of our writes that it said it has
   */
  record PeerStatus(
      String region, boolean open, boolean inStep, Optional<DtnTime> heard, long knowsOurs) {}

  /**
   * Messages to be carried, or what came of some that were.
   *
   * @param file to be taken to the other side; empty if there is nothing to say
   * @param things those that changed here
   * @param problems what was not taken, and why
   */
  record Carried(Octets file, List<String> things, List<String> problems) implements TwinAnswer {
    /** Keeps its own copies. */
    public Carried {
      things = List.copyOf(things);
      problems = List.copyOf(problems);
    }
  }
}
