package dev.holdfast.gateway.link;

/**
 * A link by its configured name, or {@code peer <node>} for a neighbour that connected without
 * being configured.
 *
 * @param name the name
 */
public record LinkId(String name) implements Comparable<LinkId> {
  @Override
  public int compareTo(LinkId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
