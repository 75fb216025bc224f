package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The writers a block names, by number: 0 is the block's own stream, the others in their order. */
final class ActorTable {
  private final List<Octets> actors = new ArrayList<>();
  private final TreeMap<Octets, Integer> numbers = new TreeMap<>();
  private final BitSet used = new BitSet();

  ActorTable(StreamId own, SortedSet<Octets> others) {
    add(own.name());
    others.stream().filter(actor -> !actor.equals(own.name())).forEach(this::add);
    used.set(0);
  }

  private void add(Octets actor) {
    numbers.put(actor, actors.size());
    actors.add(actor);
  }

  /** The names of the others, one after the other. */
  Octets others() {
    return Octets.concat(actors.subList(1, actors.size()));
  }

  static ActorTable read(CborReader from, StreamId own) {
    int where = from.offset();
    Octets names = from.bytes();
    if (names.size() % Dot.ACTOR_SIZE != 0) {
      throw from.fault(where, names.size() + " bytes are not whole names of writers");
    }
    var others = new TreeSet<Octets>();
    for (int at = 0; at < names.size(); at += Dot.ACTOR_SIZE) {
      Octets name = names.slice(at, at + Dot.ACTOR_SIZE).compact();
      if (name.equals(own.name()) || (!others.isEmpty() && others.last().compareTo(name) >= 0)) {
        throw from.fault(where, "writers come in the order of their names, each once, not the own");
      }
      others.add(name);
    }
    return new ActorTable(own, others);
  }

  int number(Octets actor) {
    Integer number = numbers.get(actor);
    if (number == null) {
      throw new IllegalArgumentException(actor.hex() + " is not in the table");
    }
    return number;
  }

  /** The highest number. */
  int highest() {
    return actors.size() - 1;
  }

  Octets actor(int number) {
    used.set(number);
    return actors.get(number);
  }

  /** Whether every writer was asked for. */
  boolean allUsed() {
    return used.cardinality() == actors.size();
  }

  void write(CborWriter to, Octets actor) {
    to.unsigned(number(actor));
  }

  Octets read(CborReader from) {
    return actor(from.unsigned(highest()));
  }
}
