package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One node's side of a plan.
 *
 * @param outgoing contacts in which it sends, by start
 * @param incoming contacts in which it receives, by start
 * @param changes the instants at which any of them starts or ends, ascending and distinct
 */
record NodeTimeline(List<Contact> outgoing, List<Contact> incoming, List<DtnTime> changes) {
  static final NodeTimeline NONE = new NodeTimeline(List.of(), List.of(), List.of());

  static NodeTimeline of(List<Contact> outgoing, List<Contact> incoming) {
    TreeSet<DtnTime> changes = new TreeSet<>();
    for (List<Contact> side : List.of(outgoing, incoming)) {
      for (Contact contact : side) {
        changes.add(contact.start());
        changes.add(contact.end());
      }
    }
    return new NodeTimeline(List.copyOf(outgoing), List.copyOf(incoming), List.copyOf(changes));
  }

  Optional<DtnTime> nextChange(DtnTime time) {
    int found = Collections.binarySearch(changes, time);
    int next = found >= 0 ? found + 1 : -found - 1;
    return next == changes.size() ? Optional.empty() : Optional.of(changes.get(next));
  }
}
