package dev.holdfast.contacts;

import static dev.holdfast.bpv7.TrafficClass.BULK;
import static dev.holdfast.bpv7.TrafficClass.EXPEDITED;
import static dev.holdfast.bpv7.TrafficClass.NORMAL;
import static dev.holdfast.bpv7.TrafficClass.URGENT;
import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
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
    Booking first = volume.book(at(0), 300, NORMAL).orElseThrow();
    assertThat(first.first()).isEqualTo(at(10));
    assertThat(first.last()).isEqualTo(at(13));
    Booking later = volume.book(at(15), 200, NORMAL).orElseThrow();
    assertThat(later.first()).isEqualTo(at(15));
    Booking between = volume.book(at(0), 200, NORMAL).orElseThrow();
    assertThat(between.first()).isEqualTo(at(13));
    assertThat(volume.book(at(0), 301, NORMAL)).isEmpty();
    assertThat(volume.remainingBytes(at(0), NORMAL)).isEqualTo(300);
    assertThat(volume.book(at(0), 300, NORMAL).orElseThrow().last()).isEqualTo(at(20));
    assertThat(volume.remainingBytes(at(0), NORMAL)).isZero();
    assertThat(volume.book(at(0), 1, NORMAL)).isEmpty();
    volume.unbook(between);
    assertThat(volume.book(at(0), 200, NORMAL)).contains(between);
  }

  @Test
  void whatIsLateStaysOwed() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 10, 20, 100, 1));
    Booking owed = volume.book(at(10), 400, NORMAL).orElseThrow();
    assertThat(volume.remainingBytes(at(15), NORMAL))
        .as("not sent though its slot is over")
        .isEqualTo(100);
    assertThat(volume.remainingBytes(at(19), NORMAL)).isZero();
    volume.unbook(owed);
    assertThat(volume.remainingBytes(at(15), NORMAL)).isEqualTo(500);
    assertThat(volume.remainingBytes(at(20), NORMAL)).isZero();
  }

  // The managers of A-SABR: rate 1000, window [0, 10].
  @Test
  void aBundleFitsWholeOrNotAtAll() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 0, 10, 1000, 0));
    assertThat(volume.book(at(0), 10_001, NORMAL)).isEmpty();
    assertThat(volume.book(at(9.5), 600, NORMAL)).isEmpty();
    assertThat(volume.book(at(10), 1, NORMAL)).isEmpty();
    assertThat(volume.book(DtnTime.FOREVER, 1, NORMAL)).isEmpty();
    assertThat(volume.book(at(0), 10_000, NORMAL)).isPresent();
  }

  @Test
  void smallBundlesOnAFastContactLeaveNoGaps() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 0, 1, 1_000_000_000L, 0));
    int booked = 0;
    while (volume.book(at(0), 100_000, NORMAL).isPresent()) {
      booked++;
    }
    assertThat(booked).isEqualTo(10_000);
    assertThat(volume.remainingBytes(at(0), NORMAL)).isZero();
  }

  @Test
  void refusesToGiveBackWhatIsNotBooked() {
    Contact contact = contact(1, 2, 10, 20, 100, 1);
    ContactVolume volume = new ContactVolume(contact);
    Booking booking = volume.book(at(10), 100, NORMAL).orElseThrow();
    volume.unbook(booking);
    assertThatIllegalArgumentException().isThrownBy(() -> volume.unbook(booking));
    volume.book(at(15), 500, NORMAL);
    assertThatIllegalArgumentException().isThrownBy(() -> volume.unbook(booking));
    Booking elsewhere =
        new ContactVolume(contact(1, 3, 10, 20, 100, 1)).book(at(16), 100, NORMAL).orElseThrow();
    assertThatIllegalArgumentException().isThrownBy(() -> volume.unbook(elsewhere));
    assertThatIllegalArgumentException().isThrownBy(() -> volume.book(at(10), 0, NORMAL));
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
          Optional<Booking> booking = volume.book(at(time), bytes, NORMAL);
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
        long last = volume.lastFree(deadline * SECOND, length * SECOND, NORMAL);
        assertThat(last < 0 ? -1 : last / SECOND).isEqualTo(lastFree(busy, deadline, length));
      }
      booked.forEach(volume::unbook);
      assertThat(volume.bookedBytes()).isZero();
      assertThat(volume.book(at(100), 40, NORMAL)).isPresent();
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
  void moreUrgentBytesGoFirstAndTheLeastUrgentFallOff() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 0, 25, 100, 1));
    Booking bulk = volume.book(at(0), 1000, BULK).orElseThrow();
    volume.book(at(0), 1000, BULK).orElseThrow();
    assertThat(volume.remainingBytes(at(0), BULK)).isEqualTo(500);
    assertThat(volume.remainingBytes(at(0), NORMAL)).isEqualTo(2500);
    Booking urgent = volume.book(at(0), 500, URGENT).orElseThrow();
    assertThat(urgent.first()).isEqualTo(at(0));
    assertThat(volume.overbookedBytes()).as("all of it fits still").isZero();
    assertThat(volume.book(at(0), 1, BULK)).isEmpty();
    assertThat(volume.book(at(0), 300, EXPEDITED).orElseThrow().first()).isEqualTo(at(5));
    assertThat(volume.overbookedBytes()).isEqualTo(300);
    volume.unbook(bulk);
    assertThat(volume.overbookedBytes()).isZero();
    assertThat(volume.book(at(0), 500, BULK).orElseThrow().first()).isEqualTo(at(20));
  }

  /** Against work that is served second by second, the more urgent first. */
  @Test
  void aClassSeesItsOwnAndMoreUrgentWork() {
    SplittableRandom random = new SplittableRandom(8);
    for (int round = 0; round < 400; round++) {
      ContactVolume volume = new ContactVolume(contact(1, 2, 100, 140, 1, 0));
      List<Booking> booked = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        if (random.nextInt(3) == 0 && !booked.isEmpty()) {
          volume.unbook(booked.remove(random.nextInt(booked.size())));
        } else {
          TrafficClass trafficClass = TrafficClass.values()[random.nextInt(4)];
          int time = 90 + random.nextInt(55);
          int bytes = 1 + random.nextInt(6);
          Optional<Booking> booking = volume.book(at(time), bytes, trafficClass);
          assertThat(booking.map(b -> (int) (b.firstNanos() / SECOND)).orElse(-1))
              .isEqualTo(firstFree(served(booked, trafficClass), time, bytes));
          booking.ifPresent(booked::add);
        }
        for (TrafficClass trafficClass : TrafficClass.values()) {
          BitSet busy = served(booked, trafficClass);
          int length = 1 + random.nextInt(6);
          int deadline = 95 + random.nextInt(50);
          long last = volume.lastFree(deadline * SECOND, length * SECOND, trafficClass);
          assertThat(last < 0 ? -1 : last / SECOND).isEqualTo(lastFree(busy, deadline, length));
          int taken = Math.max(busy.cardinality(), busy.get(100, 140).cardinality());
          assertThat(volume.remainingBytes(at(100), trafficClass))
              .isEqualTo(Math.max(0, 40 - taken));
        }
        assertThat(volume.overbookedBytes())
            .isEqualTo(Math.max(0, served(booked, BULK).length() - 140));
      }
    }
  }

  private static BitSet served(List<Booking> booked, TrafficClass atLeast) {
    BitSet busy = new BitSet();
    int work = 0;
    for (int second = 100; second < 500; second++) {
      for (Booking booking : booked) {
        boolean counts = booking.trafficClass().compareTo(atLeast) >= 0;
        work += counts && booking.firstNanos() == second * SECOND ? (int) booking.bytes() : 0;
      }
      if (work > 0) {
        busy.set(second);
        work--;
      }
    }
    return busy;
  }

  @Test
  void aClosedContactTakesNothingAndKeepsWhatItHas() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 0, 10, 100, 1));
    Booking kept = volume.book(at(0), 100, NORMAL).orElseThrow();
    volume.close();
    assertThat(volume.book(at(0), 1, URGENT)).isEmpty();
    assertThat(volume.remainingBytes(at(0), URGENT)).isZero();
    assertThat(volume.bookedBytes()).isEqualTo(100);
    volume.open();
    assertThat(volume.book(at(0), 100, NORMAL).orElseThrow().first()).isEqualTo(at(1));
    volume.unbook(kept);
  }

  @Test
  void whatIsOverIsForgottenAndCanStillBeGivenBack() {
    ContactVolume volume = new ContactVolume(contact(1, 2, 0, 100, 100, 1));
    Booking over = volume.book(at(0), 100, NORMAL).orElseThrow();
    Booking passed = volume.book(at(10), 100, BULK).orElseThrow();
    volume.pass(passed);
    assertThat(volume.bookedBytes()).as("another node sends it").isEqualTo(100);
    assertThat(volume.firstFree(10 * SECOND, SECOND, BULK)).isEqualTo(11 * SECOND);
    volume.forgetBefore(at(10.5));
    assertThat(volume.isWhole()).as("the slot that is not over").isFalse();
    volume.forgetBefore(at(11));
    assertThat(volume.isWhole()).isTrue();
    assertThat(volume.remainingBytes(at(11), BULK)).as("late, and still owed").isEqualTo(8800);
    volume.unbook(over);
    assertThat(volume.remainingBytes(at(11), BULK)).isEqualTo(8900);
  }

  @Test
  void bookingsMoveToAPlanThatHasTheSameContact() {
    Contact same = contact(1, 2, 10, 20, 100, 1);
    Contact changed = contact(1, 3, 10, 20, 100, 1);
    Bookings old = new Bookings(plan(same, changed));
    Booking kept = old.volume(same).book(at(0), 100, NORMAL).orElseThrow();
    Booking lost = old.volume(changed).book(at(0), 100, NORMAL).orElseThrow();
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
