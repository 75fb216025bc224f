package dev.holdfast.contacts;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.bpv7.DtnTime;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContactTest {
  @Test
  void theEndIsStrict() {
    Contact contact = contact(1, 2, 10, 20, 100, 1);
    assertThat(contact.isOpenAt(at(9.999))).isFalse();
    assertThat(contact.isOpenAt(at(10))).isTrue();
    assertThat(contact.isOpenAt(at(19.999))).isTrue();
    assertThat(contact.isOpenAt(at(20))).isFalse();
  }

  @Test
  void volumeIsRateTimesWhatIsLeftOfTheWindow() {
    Contact contact = contact(1, 2, 10, 20, 100, 1);
    assertThat(contact.volumeBytes()).isEqualTo(1000);
    assertThat(contact.bytesFrom(at(0))).isEqualTo(1000);
    assertThat(contact.bytesFrom(at(19.995))).isZero();
    assertThat(contact.bytesFrom(at(19.99))).isEqualTo(1);
    assertThat(contact.bytesFrom(at(25))).isZero();
    Contact huge =
        Contact.of(node(1), node(2), at(0), Contact.LATEST_END, Contact.MAX_BYTES_PER_SECOND, 0);
    assertThat(huge.volumeBytes()).isEqualTo(Long.MAX_VALUE / 2);
  }

  @Test
  void refusesWhatIsNoContact() {
    assertThatIllegalArgumentException().isThrownBy(() -> contact(1, 1, 0, 1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> contact(1, 2, 1, 1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> contact(1, 2, 2, 1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> contact(1, 2, 0, 1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> contact(1, 2, 0, 1, 1, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contact.of(node(1), node(2), at(0), DtnTime.FOREVER, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Contact(node(1), node(2), at(0), at(1), 1, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Contact(node(1), node(2), at(0), at(1), 1, 0, Double.NaN));
  }

  @Test
  void transferTimeIsNeverTooShort() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      long bytes = random.nextLong() >>> (1 + random.nextInt(62));
      long rate = 1 + random.nextLong(Contact.MAX_BYTES_PER_SECOND >> random.nextInt(40));
      BigInteger exact =
          BigInteger.valueOf(bytes)
              .multiply(BigInteger.valueOf(1_000_000_000))
              .add(BigInteger.valueOf(rate - 1))
              .divide(BigInteger.valueOf(rate));
      BigInteger nanos = BigInteger.valueOf(Contact.transferNanos(bytes, rate));
      if (exact.compareTo(BigInteger.valueOf(Contact.ENDLESS_NANOS - 2_000_000_000L)) < 0) {
        assertThat(nanos).as("%d bytes at %d", bytes, rate).isGreaterThanOrEqualTo(exact);
        // Where the exact product does not fit, at most 1 part in 10^6 and a second is added.
        BigInteger slack = exact.shiftRight(20).add(BigInteger.valueOf(1_000_000_000));
        BigInteger most = exact.add(bytes < 9_000_000_000L ? BigInteger.ZERO : slack);
        assertThat(nanos).as("%d bytes at %d", bytes, rate).isLessThanOrEqualTo(most);
      } else {
        assertThat(nanos).isGreaterThan(BigInteger.valueOf(Contact.ENDLESS_NANOS / 2));
      }
    }
  }
}
