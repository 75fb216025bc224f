package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A hash tree over the operations of a block, of the shape of RFC 6962 §2.1: the left side of a
 * node has as many leaves as the greatest power of two below its size. Of some leaves the hash is
 * known, of the rest only the hashes of the largest subtrees they fill.
 */
final class Merkle {
  private static final int LEAF = 0;
  private static final int NODE = 1;

  private final int size;
  private final BitSet shown;
  private final List<Octets> leaves;
  private final List<Octets> hidden;
  private final Blake3 blake3 = Blake3.plain();

  /**
   * A tree.
   *
   * @param size how many leaves
   * @param shown which of them are known
   * @param leaves their hashes
   * @param hidden the hashes of the largest subtrees without a known leaf, from the left
   */
  Merkle(int size, BitSet shown, List<Octets> leaves, List<Octets> hidden) {
    this.size = size;
    this.shown = shown;
    this.leaves = leaves;
    this.hidden = hidden;
  }

  /** A tree of which all leaves are known. */
  static Merkle whole(List<Octets> leaves) {
    BitSet all = new BitSet();
    all.set(0, leaves.size());
    return new Merkle(leaves.size(), all, leaves, List.of());
  }

  /** How many hashes a tree takes for what is not shown. */
  static int hashesBeside(BitSet shown, int size) {
    return size == 0 ? 0 : hashesBeside(shown, 0, size);
  }

  private static int hashesBeside(BitSet shown, int from, int to) {
    if (!any(shown, from, to)) {
      return 1;
    }
    if (to - from == 1) {
      return 0;
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    return hashesBeside(shown, from, middle) + hashesBeside(shown, middle, to);
  }

  /** The hash of an operation. */
  static Octets leaf(Octets salt, Octets operation) {
    return Blake3.plain().add(LEAF).add(salt).add(operation).end();
  }

  /** The root; empty if there are not as many hashes as the tree takes. */
  Optional<Octets> root() {
    return walk(shown, new ArrayList<>());
  }

  /**
   * What {@link #hidden} is once only these leaves are shown.
   *
   * @param show some of the known leaves
   * @throws IllegalArgumentException if there are not as many hashes as the tree takes
   */
  List<Octets> without(BitSet show) {
    List<Octets> cover = new ArrayList<>();
    Octets root = walk(show, cover).orElseThrow(IllegalArgumentException::new);
    return size > 0 && show.isEmpty() ? List.of(root) : cover;
  }

  /**
   * What {@link #hidden} is for each known leaf if that one alone is shown.
   *
   * @throws IllegalArgumentException if there are not as many hashes as the tree takes
   */
  List<List<Octets>> besideEach() {
    var walk =
        new Walk(shown, new ArrayList<>(), new ArrayDeque<>(leaves), new ArrayDeque<>(hidden));
    List<ArrayDeque<Octets>> paths = new ArrayList<>();
    if (size > 0) {
      besideEach(walk, 0, size, paths);
    }
    return paths.stream().map(List::<Octets>copyOf).toList();
  }

  /** Puts the paths of the known leaves below a node at the end of those before; its hash. */
  private Octets besideEach(Walk walk, int from, int to, List<ArrayDeque<Octets>> paths) {
    if (!any(shown, from, to)) {
      return Optional.ofNullable(walk.hidden.poll()).orElseThrow(IllegalArgumentException::new);
    }
    if (to - from == 1) {
      paths.add(new ArrayDeque<>());
      return Optional.ofNullable(walk.leaves.poll()).orElseThrow(IllegalArgumentException::new);
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    int first = paths.size();
    Octets left = besideEach(walk, from, middle, paths);
    int second = paths.size();
    Octets right = besideEach(walk, middle, to, paths);
    paths.subList(first, second).forEach(path -> path.addLast(right));
    paths.subList(second, paths.size()).forEach(path -> path.addFirst(left));
    return blake3.add(NODE).add(left).add(right).end();
  }

  private Optional<Octets> walk(BitSet show, List<Octets> cover) {
    if (size == 0) {
      return leaves.isEmpty() && hidden.isEmpty() ? Optional.of(blake3.end()) : Optional.empty();
    }
    var walk = new Walk(show, cover, new ArrayDeque<>(leaves), new ArrayDeque<>(hidden));
    Optional<Octets> root = hash(walk, 0, size);
    return walk.leaves.isEmpty() && walk.hidden.isEmpty() ? root : Optional.empty();
  }

  private record Walk(
      BitSet show, List<Octets> cover, ArrayDeque<Octets> leaves, ArrayDeque<Octets> hidden) {}

  private Optional<Octets> hash(Walk walk, int from, int to) {
    if (!any(shown, from, to)) {
      return Optional.ofNullable(walk.hidden.poll());
    }
    if (to - from == 1) {
      return Optional.ofNullable(walk.leaves.poll());
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    boolean split = any(walk.show, from, to);
    Optional<Octets> left = hash(walk, from, middle);
    if (split && !any(walk.show, from, middle)) {
      left.ifPresent(walk.cover::add);
    }
    Optional<Octets> right = hash(walk, middle, to);
    if (split && !any(walk.show, middle, to)) {
      right.ifPresent(walk.cover::add);
    }
    return left.flatMap(l -> right.map(r -> blake3.add(NODE).add(l).add(r).end()));
  }

  private static boolean any(BitSet some, int from, int to) {
    int next = some.nextSetBit(from);
    return next >= 0 && next < to;
  }
}
