package dev.holdfast.contacts;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.bpv7.DtnTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContactVolumeTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void booksTheFirstSlotThatIsFree() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 10, 20, 100, 1));
    Booking first = volume.book(at(0), 300).orElseThrow();
    assertThat(first.first()).isEqualTo(at(10));
    assertThat(first.last()).isEqualTo(at(13));
    Booking later = volume.book(at(15), 200).orElseThrow();
    assertThat(later.first()).isEqualTo(at(15));
    Booking between = volume.book(at(0), 200).orElseThrow();
    assertThat(between.first()).isEqualTo(at(13));
    assertThat(volume.book(at(0), 301)).isEmpty();
    assertThat(volume.remainingBytes(at(0))).isEqualTo(300);
    assertThat(volume.book(at(0), 300).orElseThrow().last()).isEqualTo(at(20));
    assertThat(volume.remainingBytes(at(0))).isZero();
    assertThat(volume.book(at(0), 1)).isEmpty();
    volume.unbook(between);
    assertThat(volume.book(at(0), 200)).contains(between);
  }

  @Test
  void whatIsLateStaysOwed() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 10, 20, 100, 1));
    Booking owed = volume.book(at(10), 400).orElseThrow();
    assertThat(volume.remainingBytes(at(15))).as("not sent though its slot is over").isEqualTo(100);
    assertThat(volume.remainingBytes(at(19))).isZero();
    volume.unbook(owed);
    assertThat(volume.remainingBytes(at(15))).isEqualTo(500);
    assertThat(volume.remainingBytes(at(20))).isZero();
  }

  // The managers of A-SABR: rate 1000, window [0, 10].
  @Test
  void aBundleFitsWholeOrNotAtAll() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 0, 10, 1000, 0));
    assertThat(volume.book(at(0), 10_001)).isEmpty();
    assertThat(volume.book(at(9.5), 600)).isEmpty();
    assertThat(volume.book(at(10), 1)).isEmpty();
    assertThat(volume.book(DtnTime.FOREVER, 1)).isEmpty();
    assertThat(volume.book(at(0), 10_000)).isPresent();
  }

  @Test
  void smallBundlesOnAFastContactLeaveNoGaps() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 0, 1, 1_000_000_000L, 0));
    int booked = 0;
    while (volume.book(at(0), 100_000).isPresent()) {
      booked++;
    }
    assertThat(booked).isEqualTo(10_000);
    assertThat(volume.remainingBytes(at(0))).isZero();
  }

  @Test
  void refusesToGiveBackWhatIsNotBooked() {
    Contact contact = contact(1, 2, 10, 20, 100, 1);
    ContactVolume volume = new ContactVolume(contact);
    Booking booking = volume.book(at(10), 100).orElseThrow();
    volume.unbook(booking);
    assertThatIllegalArgumentException().isThrownBy(() -> volume.unbook(booking));
    volume.book(at(15), 500);
    assertThatIllegalArgumentException().isThrownBy(() -> volume.unbook(booking));
    Booking elsewhere =
        new ContactVolume(contact(1, 3, 10, 20, 100, 1)).book(at(16), 100).orElseThrow();
    assertThatIllegalArgumentException().isThrownBy(() -> volume.unbook(elsewhere));
    assertThatIllegalArgumentException().isThrownBy(() -> volume.book(at(10), 0));
  }

  /** Against a window of single seconds, one bit each. */
  @Test
  void agreesWithASetOfSeconds() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 400; round++) {
      ContactVolume volume = new ContactVolume(contact(1, 2, 100, 140, 1, 0));
      BitSet busy = new BitSet();
      List<Booking> booked = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        if (random.nextInt(3) == 0 && !booked.isEmpty()) {
          Booking back = booked.remove(random.nextInt(booked.size()));
          volume.unbook(back);
          busy.clear((int) (back.firstNanos() / SECOND), (int) (back.lastNanos() / SECOND));
        } else {
          int time = 90 + random.nextInt(55);
          int bytes = 1 + random.nextInt(6);
          Optional<Booking> booking = volume.book(at(time), bytes);
          int expected = firstFree(busy, time, bytes);
          assertThat(booking.map(b -> (int) (b.firstNanos() / SECOND)).orElse(-1))
              .isEqualTo(expected);
          booking.ifPresent(booked::add);
          if (expected >= 0) {
            busy.set(expected, expected + bytes);
          }
        }
        assertThat(volume.bookedBytes()).isEqualTo(busy.cardinality());
        int length = 1 + random.nextInt(6);
        int deadline = 95 + random.nextInt(50);
        long last = volume.lastFree(deadline * SECOND, length * SECOND);
        assertThat(last < 0 ? -1 : last / SECOND).isEqualTo(lastFree(busy, deadline, length));
      }
      booked.forEach(volume::unbook);
      assertThat(volume.bookedBytes()).isZero();
      assertThat(volume.book(at(100), 40)).isPresent();
    }
  }

  private static int firstFree(BitSet busy, int time, int length) {
    for (int s = Math.max(100, time); s + length <= 140; s++) {
      if (busy.get(s, s + length).isEmpty()) {
        return s;
      }
    }
    return -1;
  }

  private static int lastFree(BitSet busy, int deadline, int length) {
    for (int s = Math.min(140, deadline) - length; s >= 100; s--) {
      if (busy.get(s, s + length).isEmpty()) {
        return s;
      }
    }
    return -1;
  }

  @Test
  void bookingsMoveToAPlanThatHasTheSameContact() {
    Contact same = contact(1, 2, 10, 20, 100, 1);
    Contact changed = contact(1, 3, 10, 20, 100, 1);
    Bookings old = new Bookings(plan(same, changed));
    Booking kept = old.volume(same).book(at(0), 100).orElseThrow();
    Booking lost = old.volume(changed).book(at(0), 100).orElseThrow();
    Bookings moved =
        old.carriedTo(plan(contact(1, 3, 10, 21, 100, 1), same, contact(0, 1, 0, 1, 1, 0)));
    assertThat(moved.volume(same).bookedBytes()).isEqualTo(100);
    moved.unbook(kept);
    assertThat(moved.volume(same).bookedBytes()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> moved.unbook(lost))
        .withMessageContaining("not planned");
  }
}
