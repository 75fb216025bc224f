package dev.holdfast.contacts;

import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegionTest {
  private static NodeSpan span(long first, long last) {
    return new NodeSpan(node(first), node(last));
  }

  @Test
  void spansThatTouchAreOne() {
    Region region =
        new Region(
            "mars",
            List.of(span(7, 9), span(1, 3), span(4, 4), span(8, 8), span(11, 12)),
            List.of(node(9), node(2), node(9)));
    assertThat(region.nodes()).containsExactly(span(1, 4), span(7, 9), span(11, 12));
    assertThat(region.gateways()).containsExactly(node(2), node(9));
    assertThat(region.contains(node(8))).isTrue();
    assertThat(region.contains(node(10))).isFalse();
    assertThat(region.nodes()).hasToString("[1..4, 7..9, 11..12]");
  }

  @Test
  void spansReachOverAllNumbers() {
    Region region = new Region("all", List.of(span(0, -1), span(5, 6)), List.of());
    assertThat(region.nodes()).containsExactly(span(0, -1));
    assertThat(region.contains(node(-2))).isTrue();
    assertThatThrownBy(() -> span(-1, 0)).hasMessageContaining("comes before");
  }

  @Test
  void aPlanKeepsItsFactsUnderAnotherVersion() {
    NodeFacts facts =
        new NodeFacts(Map.of(node(1), "earth"), List.of(Region.of("a", List.of(node(1)))));
    ContactPlan bare = plan(contact(1, 2, 0, 10, 5, 0));
    ContactPlan plan = bare.withFacts(facts);
    assertThat(plan).isNotEqualTo(bare);
    assertThat(plan.hasSameContacts(bare)).isTrue();
    assertThat(plan.withVersion(9).facts()).isEqualTo(facts);
    assertThat(facts.name(node(1))).contains("earth");
    assertThat(facts.name(node(2))).isEmpty();
    assertThat(facts.regionsOf(node(1))).hasSize(1);
    assertThat(facts.regionsOf(node(2))).isEmpty();
  }
}
