package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.link.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A held bundle that is known in memory: where it is bound, and which links would not take it.
 * Ordered as bundles leave: most urgent class first, then higher ordinal, earlier expiry, earlier
 * arrival.
 */
public final class Waiting implements Comparable<Waiting> {
  private static final int NO_GIFT = -1;

  private HeldBundle held;
  private State state = State.UNBOUND;
  private Optional<LinkId> link = Optional.empty();
  private Optional<Contact> contact = Optional.empty();
  private Optional<Route> route = Optional.empty();
  private List<Booking> bookings = List.of();
  private final List<LinkId> notBy = new ArrayList<>(0);
  private final Optional<Waiting> original;
  private final List<Waiting> copies = new ArrayList<>(0);
  private final List<LinkId> takenBy = new ArrayList<>(0);
  private final int gift;

  /** Where it stands. */
  public enum State {
    /** It has no link: no route, or not looked at yet. */
    UNBOUND,
    /** It waits for its turn on a link. */
    BOUND,
    /** Copies of it go by several neighbours; each stands where it stands. */
    COPIED,
    /** A link has it. */
    IN_TRANSFER,
    /** It left by a link that does not confirm, and stays until its expiry or a custody signal. */
    SENT,
    /** An application has a lease on it. */
    LEASED
  }

  /** A bundle that is bound to nothing. */
  public Waiting(HeldBundle held) {
    this.held = held;
    this.original = Optional.empty();
    this.gift = NO_GIFT;
  }

  private Waiting(HeldBundle held, LinkId by, int left) {
    this.held = held;
    this.original = Optional.empty();
    this.link = Optional.of(by);
    this.gift = left;
    this.state = State.BOUND;
  }

  /**
   * A copy for a neighbour that came unplanned, while the bundle itself stays here and is bound, or
   * not, as if there were no such copy.
   *
   * @param left how many copies the neighbour's counts for; 0 if they are not counted
   */
  public static Waiting gift(HeldBundle held, LinkId by, int left) {
    return new Waiting(held, by, left);
  }

  private Waiting(Waiting original, LinkId by) {
    this.held = original.held;
    this.original = Optional.of(original);
    this.notBy.addAll(original.notBy);
    this.link = Optional.of(by);
    this.gift = NO_GIFT;
  }

  /** A copy that goes by one neighbour and no other; it is not yet one of {@link #copies}. */
  Waiting copyBy(LinkId neighbour) {
    return new Waiting(this, neighbour);
  }

  /** Whether it is a copy for a neighbour that came unplanned. */
  public boolean isGift() {
    return gift != NO_GIFT;
  }

  /** How many copies the neighbour's counts for, or the bundle itself for if it is no gift. */
  public int copiesLeft() {
    return isGift() ? gift : held.progress().copies().left();
  }

  /** The bundle that this is a copy of. */
  public Optional<Waiting> original() {
    return original;
  }

  /** Its copies that are on their way to a neighbour. */
  public List<Waiting> copies() {
    return copies;
  }

  /** A copy goes its way from now on. */
  public void copied(Waiting copy) {
    copies.add(copy);
    state = State.COPIED;
  }

  /** A copy goes no further: a neighbour has taken it, or there is no way for it. */
  public void copyEnded(Waiting copy, boolean byNeighbour) {
    copies.removeIf(c -> c.link.equals(copy.link));
    if (byNeighbour) {
      takenBy.add(copy.link.orElseThrow());
    }
  }

  /** Whether a copy is on its way by that link, or has gone by it. */
  public boolean hasCopyBy(LinkId by) {
    return takenBy.contains(by)
        || copies.stream().anyMatch(copy -> copy.link.equals(Optional.of(by)));
  }

  /** Whether a neighbour has taken a copy, and no other is under way. */
  public boolean isSpread() {
    return !takenBy.isEmpty() && copies.stream().allMatch(copy -> copy.state == State.SENT);
  }

  /** Whether neither a link nor an application has anything of it. */
  public boolean isIdle() {
    return switch (state) {
      case UNBOUND, BOUND -> true;
      case COPIED ->
          takenBy.isEmpty() && copies.stream().allMatch(copy -> copy.state == State.BOUND);
      case IN_TRANSFER, SENT, LEASED -> false;
    };
  }

  /** What is kept beside its bytes. */
  public HeldBundle held() {
    return held;
  }

  /** Replaces what is kept beside its bytes; class, ordinal, expiry and key stay. */
  public void held(HeldBundle changed) {
    held = changed;
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** Changes where it stands without touching its binding. */
  public void state(State changed) {
    state = changed;
  }

  /** Binds it to a link that is open whenever it can be. */
  void bind(LinkId by) {
    unbind();
    link = Optional.of(by);
    state = State.BOUND;
  }

  /** Binds it to a link in a contact, if the plan gave a route for that route. */
  void bind(LinkId by, Contact in, Optional<Route> along, List<Booking> booked) {
    link = Optional.of(by);
    contact = Optional.of(in);
    route = along;
    bookings = booked;
    state = State.BOUND;
  }

  /** Undoes the binding; a copy keeps its neighbour. */
  void unbind() {
    link = original.isPresent() ? link : Optional.empty();
    contact = Optional.empty();
    route = Optional.empty();
    bookings = List.of();
    state = State.UNBOUND;
  }

  /** The link it is bound to; of a copy the one that it may be bound to. */
  public Optional<LinkId> link() {
    return link;
  }

  /** The contact it is bound to. */
  public Optional<Contact> contact() {
    return contact;
  }

  /** The route it is bound for, if the plan gave one. */
  public Optional<Route> route() {
    return route;
  }

  /** It has left: nothing is booked for it any more. */
  void leave() {
    bookings = List.of();
  }

  List<Booking> bookings() {
    return bookings;
  }

  /** Never offers it to that link again. */
  public void notBy(LinkId refusing) {
    if (!notBy.contains(refusing)) {
      notBy.add(refusing);
    }
  }

  /** Links that would not take it. */
  public List<LinkId> notBy() {
    return notBy;
  }

  /** How urgent it is. */
  public TrafficClass trafficClass() {
    return held.service().trafficClass();
  }

  /** Whether it may be cut: what was sent of it is known once, not by copy. */
  public boolean mayFragment() {
    return held.service().mayFragment() && original.isEmpty() && !isGift();
  }

  /** Bytes still to be sent: the whole bundle, less what a neighbour confirmed as fragments. */
  public long bytesLeft() {
    return held.sizes().total() - held.progress().sent();
  }

  @Override
  public int compareTo(Waiting other) {
    int byUrgency = HeldBundle.BY_URGENCY.compare(held, other.held);
    return byUrgency != 0 ? byUrgency : Boolean.compare(isGift(), other.isGift());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Waiting that
        && held.key().equals(that.held.key())
        && isGift() == that.isGift();
  }

  @Override
  public int hashCode() {
    return held.key().hashCode();
  }
}
