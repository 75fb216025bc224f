package dev.holdfast.contacts.route;

import dev.holdfast.contacts.NodeNumber;
import java.util.BitSet;
import java.util.List;

/**
 * What a route must keep out of.
 *
 * @param contacts contacts by their index; not changed any more
 * @param nodes nodes that it must not enter
 */
record Detour(BitSet contacts, List<NodeNumber> nodes) {
  /** Nothing. */
  static final Detour NONE = new Detour(new BitSet(), List.of());

  boolean forbids(int contact) {
    return contacts.get(contact);
  }
}
