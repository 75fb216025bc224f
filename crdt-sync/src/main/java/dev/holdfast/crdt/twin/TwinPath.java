package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a thing, in Ditto's model:
 *
 * <pre>
 *   (nothing)                                          the whole thing
 *   thingId, policyId, definition
 *   attributes                                         attributes/name/...
 *   features                                           features/id
 *   features/id/definition
 *   features/id/properties                             features/id/properties/name/...
 *   features/id/desiredProperties                      features/id/desiredProperties/name/...
 * </pre>
 *
 * <p>Values are stored under the path's {@link #text()}: its names as in a JSON pointer (RFC 6901),
 * {@code ~0} for a tilde and {@code ~1} for a slash, without the slash at the beginning. Names are
 * not empty and have no control characters. Elements of arrays have no path.
 *
 * @param names from the outermost to the innermost
 */
public record TwinPath(List<String> names) implements Comparable<TwinPath> {
  /** The whole thing. */
  public static final TwinPath THING = new TwinPath(List.of());

  private static final String SECTION = "RFC 6901 §3";

  /** Of what is stored, the replica has kept the other limits. */
  private static final TwinLimits ANY =
      new TwinLimits(1, Integer.MAX_VALUE, TwinLimits.DEPTH_MAX, 1, 1, 1, 1);

  /** Checks that there can be such a place. */
  public TwinPath {
    names = List.copyOf(names);
    Optional<String> fault = fault(names);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
  }

  /** Reads a path from outside, with a slash at its beginning or without. */
  public static Parsed<TwinPath> parse(String text, TwinLimits limits) {
    String path = text.startsWith("/") ? text.substring(1) : text;
    int shift = text.length() - path.length();
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.pathBytes()) {
      return bad(
          text.length(), "a path of " + bytes + " bytes, " + limits.pathBytes() + " at most");
    }
    if (path.isEmpty()) {
      return new Parsed.Good<>(THING);
    }
    List<String> names = new ArrayList<>();
    int at = 0;
    for (String escaped : path.split("/", -1)) {
      Optional<String> name = Segments.unescape(escaped);
      if (name.isEmpty()) {
        return bad(at + shift, "a tilde is written ~0 and a slash ~1: " + escaped);
      }
      names.add(name.get());
      Optional<String> fault = lastFault(names);
      if (fault.isPresent()) {
        return bad(at + shift, fault.get());
      }
      at += escaped.length() + 1;
    }
    return names.size() > limits.depth()
        ? bad(text.length(), "a path of " + names.size() + " names, " + limits.depth() + " at most")
        : new Parsed.Good<>(new TwinPath(names));
  }

  private static Parsed<TwinPath> bad(int offset, String reason) {
    return new Parsed.Bad<>(offset, SECTION, reason);
  }

  private static Optional<String> fault(List<String> names) {
    for (String name : names) {
      Optional<String> fault = Segments.fault(name);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Role.of(names).isPresent() ? Optional.empty() : Optional.of(Role.known(names));
  }

  /** What is wrong with the last name, if those above it are right. */
  private static Optional<String> lastFault(List<String> names) {
    Optional<String> fault = Segments.fault(names.getLast());
    return fault.isPresent() || Role.of(names).isPresent() ? fault : Optional.of(Role.known(names));
  }

  /** The path that a leaf is stored under; empty if nothing of a twin is stored there. */
  static Optional<TwinPath> ofLeaf(String text) {
    return text.startsWith("/")
        ? Optional.empty()
        : parse(text, ANY).toOptional().filter(path -> path.role().isStored());
  }

  /** What stands there. */
  Role role() {
    return Role.of(names).orElseThrow();
  }

  /** The path of a member; empty, with no reason, if there can be none of that name. */
  Parsed<TwinPath> member(String name) {
    List<String> all = new ArrayList<>(names);
    all.add(name);
    Optional<String> fault = lastFault(all);
    return fault.isEmpty()
        ? new Parsed.Good<>(new TwinPath(all))
        : new Parsed.Bad<>(0, SECTION, fault.get());
  }

  /** The path of what this is a member of. */
  TwinPath parent() {
    return new TwinPath(names.subList(0, names.size() - 1));
  }

  /** Whether it is the whole thing. */
  public boolean isThing() {
    return names.isEmpty();
  }

  /** What values are stored under, and how paths are written. */
  public String text() {
    return Segments.join(names);
  }

  /** By text, as UTF-16. */
  @Override
  public int compareTo(TwinPath other) {
    return text().compareTo(other.text());
  }

  @Override
  public String toString() {
    return text();
  }
}
