package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.gateway.demo.View.LinkState;
import dev.holdfast.gateway.linkem.LinkDirection;
import dev.holdfast.gateway.linkem.Linkem;
import java.util.Optional;

/** Reads the meter of one emulated link again and again. One thread. */
final class LinkMeter {
  private final Site near;
  private final Site far;
  private final Linkem link;
  private final ContactPlan plan;
  private final ContactUse use;
  private long forwardBytes;
  private long backwardBytes;
  private long lastNanos;
  private long lastMoved;
  private LinkState state;

  /**
   * A meter.
   *
   * @param near the site that dials
   * @param far the site that is dialled
   * @param use where to book what went through
   */
  LinkMeter(Site near, Site far, Linkem link, ContactPlan plan, ContactUse use) {
    this.near = near;
    this.far = far;
    this.link = link;
    this.plan = plan;
    this.use = use;
    this.lastNanos = link.now();
    this.state = new LinkState(near, far, false, 0, 0, 0);
  }

  /** Reads the meter. */
  void read(DtnTime now) {
    long nanos = link.now();
    long forward = taken(LinkDirection.FORWARD);
    long backward = taken(LinkDirection.BACKWARD);
    long moreForward = forward - forwardBytes;
    long moreBackward = backward - backwardBytes;
    use.moved(near.node(), far.node(), now, moreForward);
    use.moved(far.node(), near.node(), now, moreBackward);
    double seconds = Math.max(1, nanos - lastNanos) / 1e9;
    Optional<Contact> next = plan.nextContact(near.node(), far.node(), now);
    boolean open = next.filter(contact -> contact.isOpenAt(now)).isPresent();
    long change =
        next.map(contact -> (open ? contact.end() : contact.start()).since(now)).orElse(0L);
    state =
        new LinkState(
            near,
            far,
            open,
            change,
            Math.round(moreForward / seconds),
            Math.round(moreBackward / seconds));
    forwardBytes = forward;
    backwardBytes = backward;
    lastMoved = moreForward + moreBackward;
    lastNanos = nanos;
  }

  /** How the link was at the last reading. */
  LinkState state() {
    return state;
  }

  /** Bytes that went either way between the last two readings. */
  long lastMoved() {
    return lastMoved;
  }

  private long taken(LinkDirection direction) {
    return link.statistics().direction(direction).streamBytesTaken();
  }
}
