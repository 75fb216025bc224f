package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private final Ledger ledger = new Ledger();

  private static DtnTime at(long millis) {
    return new DtnTime(1_000_000 + millis);
  }

  private static Consignment consignment(int number) {
    return new Consignment(number, Site.EARTH, Site.MARS, TrafficClass.NORMAL, 100, 7, 0);
  }

  private void send(int number) {
    ledger.sent("bundle " + number, consignment(number), "digest " + number, at(number));
  }

  private void deliver(int number) {
    ledger.delivered("bundle " + number, 100, "digest " + number, at(number + 50));
  }

  private void acknowledge(int number) {
    ledger.acknowledged("bundle " + number, at(number + 60));
  }

  @Test
  void aRunInWhichEverythingCameThroughOnceIsKept() {
    for (int i = 1; i <= 3; i++) {
      send(i);
      deliver(i);
      acknowledge(i);
    }

    assertThat(ledger.verdict()).isEqualTo(new Verdict(3, 3, 0, 0, 0, 0, 0, 0));
    assertThat(ledger.verdict().isKept()).isTrue();
    assertThat(ledger.isSettled()).isTrue();
    assertThat(ledger.passages().getFirst().latencyMillis()).contains(50L);
  }

  @Test
  void aLostBundleBreaksIt() {
    send(1);
    send(2);
    deliver(2);
    acknowledge(2);

    assertThat(ledger.verdict()).isEqualTo(new Verdict(2, 1, 0, 0, 0, 1, 0, 0));
    assertThat(ledger.verdict().broken()).containsExactly("1 bundle was lost");
    assertThat(ledger.isSettled()).isFalse();
  }

  @Test
  void anAlteredBundleBreaksIt() {
    send(1);
    ledger.delivered("bundle 1", 100, "digest of something else", at(90));
    acknowledge(1);

    assertThat(ledger.verdict().altered()).isEqualTo(1);
    assertThat(ledger.verdict().isKept()).isFalse();
  }

  @Test
  void aBundleCutShortBreaksItWhateverTheDigestSays() {
    send(1);
    ledger.delivered("bundle 1", 99, "digest 1", at(90));

    assertThat(ledger.verdict().altered()).isEqualTo(1);
  }

  @Test
  void aDeliveryAfterTheAcknowledgementBreaksIt() {
    send(1);
    deliver(1);
    acknowledge(1);
    deliver(1);

    assertThat(ledger.verdict()).isEqualTo(new Verdict(1, 1, 1, 1, 0, 0, 0, 0));
    assertThat(ledger.verdict().broken())
        .containsExactly("1 bundle was delivered again after the acknowledgement");
  }

  @Test
  void aRepetitionBeforeTheAcknowledgementIsCountedAndAllowed() {
    send(1);
    deliver(1);
    deliver(1);
    acknowledge(1);

    assertThat(ledger.verdict()).isEqualTo(new Verdict(1, 1, 1, 0, 0, 0, 0, 0));
    assertThat(ledger.verdict().isKept()).isTrue();
  }

  @Test
  void anExpiredBundleIsNotLostButBreaksItAllTheSame() {
    send(1);
    ledger.expired("bundle 1");

    assertThat(ledger.verdict()).isEqualTo(new Verdict(1, 0, 0, 0, 0, 0, 1, 0));
    assertThat(ledger.verdict().isKept()).isFalse();
    assertThat(ledger.isSettled()).isTrue();
  }

  @Test
  void aBundleThatNobodySentBreaksIt() {
    send(1);
    deliver(1);
    acknowledge(1);
    ledger.delivered("bundle 9", 1, "?", at(1));

    assertThat(ledger.verdict().strangers()).isEqualTo(1);
    assertThat(ledger.verdict().isKept()).isFalse();
  }

  @Test
  void aDeliveryMayBeKnownBeforeItsSending() {
    deliver(1);
    acknowledge(1);
    send(1);

    assertThat(ledger.verdict().isKept()).isTrue();
  }

  @Test
  void anEmptyRunProvesNothing() {
    assertThat(ledger.verdict().isKept()).isFalse();
    assertThat(ledger.verdict().broken()).containsExactly("nothing was sent");
  }
}
