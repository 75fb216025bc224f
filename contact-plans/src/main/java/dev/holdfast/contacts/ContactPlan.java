package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * All contacts that are known, checked and indexed: immutable, to be shared between threads.
 *
 * <p>Contacts stand in the order sender, receiver, start; the position of a contact in that order
 * is its index, valid for this plan only. Contacts of one directed pair never overlap, so at each
 * instant at most one is open between two nodes; but for {@link #ofOverlapping} plans.
 */
public final class ContactPlan {
  /** A plan without contacts, version 0. */
  public static final ContactPlan EMPTY = of(0, List.of());

  private static final Comparator<Contact> CHRONOLOGICAL =
      Comparator.comparing(Contact::start).thenComparing(Comparator.naturalOrder());

  private final long version;
  private final List<Contact> contacts;
  private final Map<NodeNumber, Map<NodeNumber, List<Contact>>> pairs;
  private final List<NodeNumber> nodes;
  private final NodeFacts facts;

  private ContactPlan(
      long version,
      List<Contact> contacts,
      Map<NodeNumber, Map<NodeNumber, List<Contact>>> pairs,
      List<NodeNumber> nodes,
      NodeFacts facts) {
    this.version = version;
    this.contacts = contacts;
    this.pairs = pairs;
    this.nodes = nodes;
    this.facts = facts;
  }

  /**
   * The plan with these contacts, in any order.
   *
   * @param version chosen by whoever reads plans; a later plan of the same node has a higher one
   * @throws IllegalArgumentException if two contacts of a directed pair overlap; the readers in
   *     {@code contacts.format} report that with its lines before they come here
   */
  public static ContactPlan of(long version, List<Contact> contacts) {
    return checked(version, contacts, Contact::overlaps);
  }

  /**
   * The plan with these contacts, of which those of a directed pair may overlap, if none that
   * begins later ends sooner. Each has a volume of its own. For questions about routes in plans
   * that others wrote; a node has one link to a neighbour, and follows no such plan.
   *
   * @throws IllegalArgumentException if a contact of a pair begins later than another one and ends
   *     sooner
   */
  public static ContactPlan ofOverlapping(long version, List<Contact> contacts) {
    return checked(version, contacts, (before, after) -> before.end().isAfter(after.end()));
  }

  private static ContactPlan checked(
      long version, List<Contact> contacts, BiPredicate<Contact, Contact> contradict) {
    List<Contact> sorted = new ArrayList<>(contacts);
    Collections.sort(sorted);
    for (int i = 1; i < sorted.size(); i++) {
      Contact before = sorted.get(i - 1);
      Contact after = sorted.get(i);
      if (before.isSamePair(after) && contradict.test(before, after)) {
        throw new IllegalArgumentException("contacts overlap: " + before + " and " + after);
      }
    }
    List<Contact> fixed = List.copyOf(sorted);
    return new ContactPlan(version, fixed, pairsOf(fixed), nodesOf(fixed), NodeFacts.NONE);
  }

  private static Map<NodeNumber, Map<NodeNumber, List<Contact>>> pairsOf(List<Contact> sorted) {
    Map<NodeNumber, Map<NodeNumber, List<Contact>>> pairs = new TreeMap<>();
    int begin = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || !sorted.get(i).isSamePair(sorted.get(begin))) {
        Contact first = sorted.get(begin);
        pairs
            .computeIfAbsent(first.from(), _ -> new TreeMap<>())
            .put(first.to(), sorted.subList(begin, i));
        begin = i;
      }
    }
    return pairs;
  }

  private static List<NodeNumber> nodesOf(List<Contact> sorted) {
    TreeSet<NodeNumber> nodes = new TreeSet<>();
    for (int i = 0; i < sorted.size(); i++) {
      if (i == 0 || !sorted.get(i).isSamePair(sorted.get(i - 1))) {
        nodes.add(sorted.get(i).from());
        nodes.add(sorted.get(i).to());
      }
    }
    return List.copyOf(nodes);
  }

  /** The same contacts under another version. */
  public ContactPlan withVersion(long newVersion) {
    return new ContactPlan(newVersion, contacts, pairs, nodes, facts);
  }

  /** The same contacts with other facts about nodes. */
  public ContactPlan withFacts(NodeFacts newFacts) {
    return new ContactPlan(version, contacts, pairs, nodes, newFacts);
  }

  /** What the plan says about nodes besides their contacts: names and regions, if it has any. */
  public NodeFacts facts() {
    return facts;
  }

  /** The number that orders the plans of one node in time; 0 for a plan that was only read. */
  public long version() {
    return version;
  }

  /** Every contact, by sender, receiver and start. */
  public List<Contact> contacts() {
    return contacts;
  }

  /** Every contact, by start. */
  public List<Contact> chronological() {
    return contacts.stream().sorted(CHRONOLOGICAL).toList();
  }

  /** Every node that sends or receives in some contact, ascending. */
  public List<NodeNumber> nodes() {
    return nodes;
  }

  /** Whether the node sends or receives in some contact. */
  public boolean knows(NodeNumber node) {
    return Collections.binarySearch(nodes, node) >= 0;
  }

  /** The nodes that {@code node} ever sends to, ascending. */
  public List<NodeNumber> neighbours(NodeNumber node) {
    Map<NodeNumber, List<Contact>> receivers = pairs.get(node);
    return receivers == null ? List.of() : List.copyOf(receivers.keySet());
  }

  /** The contacts in which the node sends, by start; put together when asked. */
  public List<Contact> contactsFrom(NodeNumber node) {
    return outgoing(node).sorted(CHRONOLOGICAL).toList();
  }

  /** The contacts in which the node receives, by start; put together when asked. */
  public List<Contact> contactsTo(NodeNumber node) {
    return incoming(node).sorted(CHRONOLOGICAL).toList();
  }

  private Stream<Contact> outgoing(NodeNumber node) {
    Map<NodeNumber, List<Contact>> receivers = pairs.get(node);
    return receivers == null ? Stream.empty() : receivers.values().stream().flatMap(List::stream);
  }

  private Stream<Contact> incoming(NodeNumber node) {
    return pairs.values().stream()
        .flatMap(receivers -> receivers.getOrDefault(node, List.of()).stream());
  }

  /** The contacts of one directed pair, by start; they do not overlap. */
  public List<Contact> contactsBetween(NodeNumber from, NodeNumber to) {
    Map<NodeNumber, List<Contact>> receivers = pairs.get(from);
    List<Contact> between = receivers == null ? null : receivers.get(to);
    return between == null ? List.of() : between;
  }

  /** The contacts of one directed pair that end after {@code time}, by start. */
  public List<Contact> contactsBetween(NodeNumber from, NodeNumber to, DtnTime time) {
    List<Contact> between = contactsBetween(from, to);
    return between.subList(firstEndingAfter(between, time), between.size());
  }

  /** The contact in which {@code from} may send to {@code to} at {@code time}, if there is one. */
  public Optional<Contact> openAt(NodeNumber from, NodeNumber to, DtnTime time) {
    return nextContact(from, to, time).filter(contact -> contact.isOpenAt(time));
  }

  /** The contact of a pair that is open at {@code time}, else the next one to open. */
  public Optional<Contact> nextContact(NodeNumber from, NodeNumber to, DtnTime time) {
    List<Contact> between = contactsBetween(from, to);
    int index = firstEndingAfter(between, time);
    return index == between.size() ? Optional.empty() : Optional.of(between.get(index));
  }

  /**
   * The first instant strictly after {@code time} at which a contact from or to {@code node} starts
   * or ends: when to look again.
   */
  public Optional<DtnTime> nextChange(NodeNumber node, DtnTime time) {
    return Stream.concat(outgoing(node), incoming(node))
        .flatMap(contact -> Stream.of(contact.start(), contact.end()))
        .filter(change -> change.isAfter(time))
        .min(Comparator.naturalOrder());
  }

  /** The earliest start; empty for a plan without contacts. */
  public Optional<DtnTime> start() {
    return contacts.stream().map(Contact::start).min(Comparator.naturalOrder());
  }

  /** The latest end: from then on this plan says nothing. Empty for a plan without contacts. */
  public Optional<DtnTime> end() {
    return contacts.stream().map(Contact::end).max(Comparator.naturalOrder());
  }

  /**
   * The light time from one node to another in milliseconds: that of the contact open at {@code
   * time}, else of the next one, else of the last one; empty if the pair has no contact.
   */
  public OptionalLong lightTimeMillis(NodeNumber from, NodeNumber to, DtnTime time) {
    List<Contact> between = contactsBetween(from, to);
    if (between.isEmpty()) {
      return OptionalLong.empty();
    }
    int index = Math.min(firstEndingAfter(between, time), between.size() - 1);
    return OptionalLong.of(between.get(index).owltMillis());
  }

  /**
   * The position of a contact in {@link #contacts()}; empty if this very contact is not planned.
   */
  public Optional<Integer> indexOf(Contact contact) {
    int index = Collections.binarySearch(contacts, contact);
    return index >= 0 ? Optional.of(index) : Optional.empty();
  }

  /** Whether the contacts are the same, whatever the versions. */
  public boolean hasSameContacts(ContactPlan other) {
    return contacts.equals(other.contacts);
  }

  private static int firstEndingAfter(List<Contact> disjoint, DtnTime time) {
    int low = 0;
    int high = disjoint.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (disjoint.get(middle).end().compareTo(time) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Override
  public boolean equals(Object other) {
    if (other == this) {
      return true; // The search asks this for every query.
    }
    return other instanceof ContactPlan that
        && version == that.version
        && contacts.equals(that.contacts)
        && facts.equals(that.facts);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(version) + contacts.hashCode();
  }

  @Override
  public String toString() {
    return "contact plan " + version + " with " + contacts.size() + " contacts";
  }
}
