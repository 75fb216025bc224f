package dev.holdfast.gateway.sim;

import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.stream.BackOff;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Dials for one end of a link, as long as its node wants the link open and there is no connection;
 * with back-off after each that failed or ended.
 */
final class SimDialer {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final SimProtocol.Place place;
  private final BooleanSupplier isConnected;
  private final Supplier<Optional<String>> connect;
  private final BackOff backOff = new BackOff(1_000, 15_000);
  private boolean open;
  private boolean dialling;
  private int attempts;

  /**
   * A dialer of a link that is not open.
   *
   * @param isConnected whether there is a connection
   * @param connect makes one, or says why there is none; asked if both directions are up
   */
  SimDialer(
      SimProtocol.Place place, BooleanSupplier isConnected, Supplier<Optional<String>> connect) {
    this.place = place;
    this.isConnected = isConnected;
    this.connect = connect;
  }

  /** Whether the node wants the link open. */
  boolean isOpen() {
    return open;
  }

  /** The node wants the link open; false if it did so already. */
  boolean open() {
    boolean fresh = !open;
    if (fresh) {
      open = true;
      reached();
    }
    return fresh;
  }

  /** The node does not want the link any more. */
  void close() {
    open = false;
  }

  /** The other end was reached: the next pause is short again. */
  void reached() {
    attempts = 0;
    backOff.reset();
  }

  /** Dials, if that is called for: the handshake of TCP takes the way there and back. */
  void dial() {
    if (open && !dialling && !isConnected.getAsBoolean()) {
      dialling = true;
      long roundTrip = place.out().lightNanos() + place.in().lightNanos();
      place.time().after(roundTrip, this::dialled);
    }
  }

  private void dialled() {
    dialling = false;
    if (!open || isConnected.getAsBoolean()) {
      return;
    }
    boolean up = place.out().isUp() && place.in().isUp();
    (up ? connect.get() : Optional.of("no answer")).ifPresent(this::again);
  }

  /** The other end was not reached, or is no more: tells so, and dials after a pause. */
  void again(String why) {
    if (open) {
      attempts++;
      place.owner().happen(new LinkEvent.Unreached(place.id(), attempts, why));
      dialLater();
    }
  }

  /** Dials after a pause. */
  void dialLater() {
    place.time().after(backOff.nextMillis() * NANOS_PER_MILLI, this::dial);
  }
}
