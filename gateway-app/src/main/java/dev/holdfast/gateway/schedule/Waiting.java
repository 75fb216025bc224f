package dev.holdfast.gateway.schedule;

import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Contact;
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
  private HeldBundle held;
  private State state = State.UNBOUND;
  private Optional<LinkId> link = Optional.empty();
  private Optional<Contact> contact = Optional.empty();
  private List<Booking> bookings = List.of();
  private final List<LinkId> notBy = new ArrayList<>(0);

  /** Where it stands. */
  public enum State {
    /** It has no link: no route, or not looked at yet. */
    UNBOUND,
    /** It waits for its turn on a link. */
    BOUND,
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

  /** Binds it to a link, in a contact if the link follows the plan. */
  void bind(LinkId by, Optional<Contact> in, List<Booking> booked) {
    link = Optional.of(by);
    contact = in;
    bookings = booked;
    state = State.BOUND;
  }

  /** Undoes the binding. */
  void unbind() {
    link = Optional.empty();
    contact = Optional.empty();
    bookings = List.of();
    state = State.UNBOUND;
  }

  /** The link it is bound to. */
  public Optional<LinkId> link() {
    return link;
  }

  /** The contact it is bound to. */
  public Optional<Contact> contact() {
    return contact;
  }

  void booked(List<Booking> booked) {
    bookings = booked;
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

  /** Bytes still to be sent: the whole bundle, less what a neighbour confirmed as fragments. */
  public long bytesLeft() {
    return held.sizes().total() - held.progress().sent();
  }

  @Override
  public int compareTo(Waiting other) {
    return HeldBundle.BY_URGENCY.compare(held, other.held);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Waiting that && held.key().equals(that.held.key());
  }

  @Override
  public int hashCode() {
    return held.key().hashCode();
  }
}
