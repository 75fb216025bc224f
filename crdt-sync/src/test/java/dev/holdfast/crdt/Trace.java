package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A few writers that write, remove and hear of each other at random: the deltas they made, what
 * each ended with, and states from on the way. The same seed gives the same.
 */
final class Trace<S extends DotStore> {
  /** One random operation of a type. */
  @FunctionalInterface
  interface Operation<S extends DotStore> {
    Causal<S> make(SplittableRandom random, Dot dot, S store);
  }

  static final int ACTORS = 3;

  final List<Causal<S>> states = new ArrayList<>();
  final List<Causal<S>> deltas = new ArrayList<>();

  /** Deltas, groups of them, and whole states. */
  final List<Causal<S>> seen = new ArrayList<>();

  private final SplittableRandom random;

  Trace(S bottom, Operation<S> operation, SplittableRandom random, int steps) {
    this.random = random;
    for (int i = 0; i < ACTORS; i++) {
      states.add(Causal.of(bottom));
    }
    for (int i = 0; i < steps; i++) {
      int who = random.nextInt(ACTORS);
      Causal<S> state = states.get(who);
      if (deltas.isEmpty() || random.nextInt(5) < 3) {
        Causal<S> delta = operation.make(random, state.next(actor(who)), state.store());
        deltas.add(delta);
        seen.add(delta);
        states.set(who, state.join(delta));
      } else {
        states.set(who, state.join(heard(who)));
      }
      seen.add(states.get(who));
    }
  }

  /** One delta, two together, or all that another one has. */
  private Causal<S> heard(int who) {
    Causal<S> one = deltas.get(random.nextInt(deltas.size()));
    return switch (random.nextInt(4)) {
      case 0 -> states.get((who + 1 + random.nextInt(ACTORS - 1)) % ACTORS);
      case 1 -> {
        Causal<S> group = one.join(deltas.get(random.nextInt(deltas.size())));
        seen.add(group);
        yield group;
      }
      default -> one;
    };
  }

  /** All states in one. */
  Causal<S> all() {
    return states.stream().reduce(Causal::join).orElseThrow();
  }

  /** All deltas as a bad link brings them: any order, some lost and sent again, some twice. */
  Causal<S> overABadLink(S bottom) {
    List<Causal<S>> sent = shuffled(deltas);
    List<Causal<S>> lost = new ArrayList<>();
    Causal<S> state = Causal.of(bottom);
    for (Causal<S> delta : sent) {
      switch (random.nextInt(4)) {
        case 0 -> lost.add(delta);
        case 1 -> state = state.join(delta).join(delta);
        default -> state = state.join(delta);
      }
    }
    for (Causal<S> delta : shuffled(lost)) {
      state = state.join(delta);
    }
    return sent.isEmpty() ? state : state.join(sent.get(random.nextInt(sent.size())));
  }

  private List<Causal<S>> shuffled(List<Causal<S>> some) {
    List<Causal<S>> shuffled = new ArrayList<>(some);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Causal<S> held = shuffled.get(i);
      shuffled.set(i, shuffled.get(j));
      shuffled.set(j, held);
    }
    return shuffled;
  }

  static Octets actor(int number) {
    byte[] bytes = new byte[Dot.ACTOR_SIZE];
    bytes[0] = (byte) (number * 97);
    bytes[15] = (byte) number;
    return Octets.wrap(bytes);
  }

  static Octets octets(int number) {
    return Octets.wrap(new byte[] {(byte) number});
  }
}
