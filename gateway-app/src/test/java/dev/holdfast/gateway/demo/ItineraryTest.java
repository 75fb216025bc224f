package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.gateway.demo.Itinerary.Step;
import dev.holdfast.gateway.demo.Itinerary.What;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ItineraryTest {
  private static final DtnTime EPOCH = new DtnTime(1_000_000);
  private static final ContactPlan PLAN = DemoPlan.load().compressed(EPOCH, 60, 3);

  private static Step took(Site site, long millis) {
    return new Step(site, What.TOOK, EPOCH.plus(millis), Optional.empty());
  }

  private static Step sent(Site site, Site towards, long millis) {
    return new Step(site, What.SENT, EPOCH.plus(millis), Optional.of(towards));
  }

  private static Step confirmed(Site site, Site towards, long millis) {
    return new Step(site, What.CONFIRMED, EPOCH.plus(millis), Optional.of(towards));
  }

  private static Contact contact(Site from, Site to, int number) {
    return PLAN.contactsBetween(from.node(), to.node()).get(number - 1);
  }

  @Test
  void aBundleThatFindsEveryWindowOpenDoesNotWait() {
    Itinerary itinerary =
        Itinerary.of(
            List.of(
                took(Site.EARTH, 7_200),
                sent(Site.EARTH, Site.RELAY, 7_210),
                took(Site.RELAY, 7_400),
                sent(Site.RELAY, Site.MARS, 7_410),
                took(Site.MARS, 7_500)),
            PLAN);

    assertThat(itinerary.waited()).isFalse();
    assertThat(itinerary.contacts())
        .containsExactly(contact(Site.EARTH, Site.RELAY, 1), contact(Site.RELAY, Site.MARS, 1));
  }

  @Test
  void aBundleThatComesBeforeTheWindowWaits() {
    assertThat(
            Itinerary.of(List.of(took(Site.EARTH, 500), sent(Site.EARTH, Site.RELAY, 1_100)), PLAN)
                .waited())
        .isTrue();
    assertThat(
            Itinerary.of(
                    List.of(
                        took(Site.EARTH, 2_000),
                        sent(Site.EARTH, Site.RELAY, 2_010),
                        took(Site.RELAY, 2_200),
                        sent(Site.RELAY, Site.MARS, 7_001)),
                    PLAN)
                .waited())
        .as("at the relay")
        .isTrue();
  }

  @Test
  void aBundleThatMissesItsWindowWaitsForTheNext() {
    Itinerary itinerary =
        Itinerary.of(List.of(took(Site.EARTH, 7_900), sent(Site.EARTH, Site.RELAY, 21_100)), PLAN);

    assertThat(itinerary.waited()).isTrue();
    assertThat(itinerary.contacts()).containsExactly(contact(Site.EARTH, Site.RELAY, 2));
  }

  @Test
  void theConfirmationStandsInForAnArrivalThatACrashErased() {
    Itinerary itinerary =
        Itinerary.of(
            List.of(
                sent(Site.RELAY, Site.MARS, 7_100),
                confirmed(Site.EARTH, Site.RELAY, 2_400),
                sent(Site.EARTH, Site.RELAY, 2_000),
                took(Site.EARTH, 1_900)),
            PLAN);

    assertThat(itinerary.waited()).as("earth's confirmation is earlier").isTrue();
    assertThat(itinerary.contacts()).hasSize(2);
  }

  @Test
  void nothingKnownClaimsNothing() {
    assertThat(Itinerary.of(List.of(), PLAN)).isEqualTo(new Itinerary(false, List.of()));
    assertThat(Itinerary.of(List.of(sent(Site.RELAY, Site.MARS, 7_100)), PLAN).waited()).isFalse();
  }
}
