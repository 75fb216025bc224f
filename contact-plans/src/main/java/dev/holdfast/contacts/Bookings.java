package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is booked on the contacts of one plan. Mutable, for one thread; it knows nothing of bundles,
 * whoever books keeps the {@link Booking} to give it back.
 */
public final class Bookings {
  private final ContactPlan plan;
  private final @Nullable ContactVolume[] volumes;
  private long releases;

  /** Nothing is booked on the plan. */
  public Bookings(ContactPlan plan) {
    this.plan = plan;
    this.volumes = new @Nullable ContactVolume[plan.contacts().size()];
  }

  /** What is booked on contacts that end after {@code time}, to be changed by itself. */
  public Bookings copyFrom(DtnTime time) {
    Bookings copy = new Bookings(plan);
    for (int index = 0; index < volumes.length; index++) {
      ContactVolume volume = volumes[index];
      if (volume != null && !volume.isWhole() && volume.contact().end().isAfter(time)) {
        copy.volumes[index] = volume.copy();
      }
    }
    return copy;
  }

  /** The plan whose contacts are booked. */
  public ContactPlan plan() {
    return plan;
  }

  /**
   * The volume of a contact, to look at and to book on.
   *
   * @throws IllegalArgumentException if the plan does not have this contact
   */
  public ContactVolume volume(Contact contact) {
    return volumeAt(
        plan.indexOf(contact)
            .orElseThrow(() -> new IllegalArgumentException("not planned: " + contact)));
  }

  /** The volume of the contact with this index in the plan. */
  public ContactVolume volumeAt(int index) {
    ContactVolume volume = volumes[index];
    if (volume == null) {
      volume = new ContactVolume(plan.contacts().get(index));
      volumes[index] = volume;
    }
    return volume;
  }

  /** Whether nothing is taken of the contact with this index and it is not closed. */
  public boolean isWholeAt(int index) {
    ContactVolume volume = volumes[index];
    return volume == null || volume.isWhole();
  }

  /** Gives a booking back. */
  public void unbook(Booking booking) {
    volume(booking.contact()).unbook(booking);
    releases++;
  }

  /** Closes a contact that does not happen, or opens it again. */
  public void close(Contact contact, boolean closed) {
    if (closed) {
      volume(contact).close();
    } else {
      volume(contact).open();
      releases++;
    }
  }

  /** Forgets everywhere what is over by then. */
  public void forgetBefore(DtnTime time) {
    for (ContactVolume volume : volumes) {
      if (volume != null) {
        volume.forgetBefore(time);
      }
    }
  }

  /** Bytes that are booked and neither given back nor passed on, by contact; none is 0. */
  public SortedMap<Contact, Long> bookedBytes() {
    SortedMap<Contact, Long> booked = new TreeMap<>();
    for (ContactVolume volume : volumes) {
      if (volume != null && volume.bookedBytes() > 0) {
        booked.put(volume.contact(), volume.bookedBytes());
      }
    }
    return booked;
  }

  /** How often something was given back. */
  public long releases() {
    return releases;
  }

  /**
   * Moves everything to another plan. What is booked on contacts that both plans have in the same
   * form stays booked; the rest is gone, and whoever booked it must book anew. The volumes move:
   * this object is not to be used afterwards.
   */
  public Bookings carriedTo(ContactPlan next) {
    Bookings moved = new Bookings(next);
    for (ContactVolume volume : volumes) {
      if (volume != null) {
        next.indexOf(volume.contact()).ifPresent(index -> moved.volumes[index] = volume);
      }
    }
    return moved;
  }
}
