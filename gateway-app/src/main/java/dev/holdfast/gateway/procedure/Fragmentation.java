package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.NodeSettings.ContactSettings;
import java.util.function.LongUnaryOperator;

/**
 * Whether a bundle leaves whole, in part, or not at all for now (RFC 9171 §5.8). The cutting itself
 * is done as the bytes leave.
 */
final class Fragmentation {
  private final ContactSettings settings;

  Fragmentation(ContactSettings settings) {
    this.settings = settings;
  }

  /** How much of a bundle leaves. */
  sealed interface Cut {
    /** All of it. */
    record Whole() implements Cut {}

    /**
     * This part of its payload, as a fragment.
     *
     * @param part within the bundle's own payload
     */
    record Part(BundleId.Extent part) implements Cut {}

    /** Nothing: it does not fit into what is left of the contact. */
    record NoRoom() implements Cut {}

    /** Nothing, ever: the neighbour takes no bundle of that length, and it must not be cut. */
    record TooLarge() implements Cut {}
  }

  /**
   * Fits a bundle into a contact.
   *
   * @param room bytes that can still leave in the contact
   * @param mru longest bundle that the neighbour takes
   * @param consumption what a bundle of some length takes of the contact
   */
  Cut fit(Waiting waiting, long room, long mru, LongUnaryOperator consumption) {
    HeldBundle bundle = waiting.held();
    long sent = bundle.progress().sent();
    long payload = bundle.sizes().payload() - sent;
    long total = bundle.sizes().total() - sent;
    boolean fits = consumption.applyAsLong(total) <= room;
    if (fits && total <= mru) {
      return sent == 0 ? new Cut.Whole() : new Cut.Part(new BundleId.Extent(sent, payload));
    }
    if (!waiting.mayFragment()) {
      return total > mru ? new Cut.TooLarge() : new Cut.NoRoom();
    }
    // A fragment's head is longer than the bundle's by offset and total length.
    long around = bundle.sizes().head() + (long) bundle.sizes().trailer() + 32;
    long overhead = consumption.applyAsLong(0);
    long withinRoom =
        room == Long.MAX_VALUE
            ? room
            : (room - overhead) / (100 + settings.overheadPercent()) * 100 - around;
    long length = Math.min(payload, Math.min(withinRoom, mru - around));
    if (length < settings.leastFragment()) {
      return new Cut.NoRoom();
    }
    return new Cut.Part(new BundleId.Extent(sent, length));
  }
}
