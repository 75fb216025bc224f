package dev.holdfast.crdt.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Things as Ditto has them, put, patched and deleted in one region and in two. */
final class TwinTest {
  private static final String THING =
      """
      {"thingId":"org.acme:pump-1","policyId":"org.acme:policy","definition":"org.acme:pump:1.0",\
      "attributes":{"location":{"latitude":44.673856,"longitude":8.261719},"tags":["a","b"]},\
      "features":{"flow":{"definition":["org.acme:flow:1.0"],"desiredProperties":{"rate":5},\
      "properties":{"rate":3,"empty":{}}}}}""";

  private final Region here = new Region(1);
  private final Region there = new Region(2);

  @BeforeEach
  void clocks() {
    there.clock = new dev.holdfast.crdt.Hlc(1_000_000, 0);
  }

  /** The example of Ditto's documentation for desired properties, and one with all parts. */
  @Test
  void aThingIsReadAsItWasPut() {
    here.put("", THING);
    assertThat(Region.json(here.plain(""))).isEqualTo(Region.json(THING));
    assertThat(here.plain("features/flow/properties/rate")).isEqualTo("3");
    assertThat(here.plain("attributes/location"))
        .isEqualTo("{\"latitude\":44.673856,\"longitude\":8.261719}");
    assertThat(here.plain("thingId")).isEqualTo("\"org.acme:pump-1\"");
    assertThat(here.plain("attributes/none")).isEqualTo("nothing");
    assertThat(here.plain("attributes/tags/0")).isEqualTo("nothing");
    assertThat(here.twin().kind(Region.path("attributes/location"))).contains(Kind.MAP);
    assertThat(here.twin().conflicts()).isEmpty();

    String lamp =
        """
        {"features":{"lamp":{"definition":["com.mycompany.fb:Lamp:1.0.0"],"desiredProperties":\
        {"configuration":{"on":false}},"properties":{"configuration":{"location":{"latitude":\
        -118.243683,"longitude":34.052235},"on":true},"status":{"color":{"blue":0,"green":255,\
        "red":128},"on":false}}}}}""";
    here.put("", lamp);
    assertThat(here.plain("")).isEqualTo("{\"thingId\":\"org.acme:pump-1\"," + lamp.substring(1));
  }

  @Test
  void whatIsAsWishedIsNotWrittenAgain() {
    assertThat(here.put("", THING)).hasSize(10);
    assertThat(here.put("", THING)).isEmpty();
    assertThat(here.put("attributes/location/latitude", "44.6738560")).isEmpty();
    assertThat(here.put("features/flow/properties/rate", "3.0")).isEmpty();
    assertThat(here.patch("", THING)).isEmpty();
    assertThat(here.put("attributes/tags", "[\"b\",\"a\"]")).hasSize(1);
    assertThat(here.put("attributes", "{\"location\":{\"latitude\":1,\"longitude\":8.261719}}"))
        .hasSize(2);
  }

  @Test
  void anObjectThatLosesItsLastMemberIsEmpty() {
    here.put("", "{\"attributes\":{\"a\":{\"b\":1}}}");
    assertThat(here.delete("attributes/a/b")).hasSize(2);
    assertThat(here.plain("")).endsWith("\"attributes\":{\"a\":{}}}");
    here.put("attributes/a/b", "2");
    assertThat(here.plain("attributes")).isEqualTo("{\"a\":{\"b\":2}}");
    assertThat(here.delete("attributes/a/b")).hasSize(1);
    here.delete("attributes/a");
    assertThat(here.plain("attributes")).isEqualTo("{}");
    here.delete("attributes");
    assertThat(here.plain("")).isEqualTo("{\"thingId\":\"org.acme:pump-1\"}");
  }

  @Test
  void aDeletedThingStaysSoWhateverWasWrittenMeanwhile() {
    here.put("", THING);
    there.hear(here);
    here.delete("");
    there.put("attributes/tags", "[]");
    there.put("", THING.replace("\"rate\":3", "\"rate\":4"));
    Region.meet(here, there);
    for (Region each : List.of(here, there)) {
      assertThat(each.plain("")).isEqualTo("nothing");
      assertThat(each.twin().isThere()).isFalse();
      assertThat(each.twin().conflicts())
          .extracting(Conflict::path)
          .containsExactly("attributes/tags", "features/flow/properties/rate");
      assertThat(each.twin().conflicts())
          .allSatisfy(it -> assertThat(it.candidates()).noneMatch(Conflict.Candidate::shown));
    }
    here.put("", "{\"attributes\":{\"a\":1}}");
    assertThat(here.plain(""))
        .isEqualTo("{\"thingId\":\"org.acme:pump-1\",\"attributes\":{\"a\":1}}");
    there.hear(here);
    assertThat(there.plain("")).isEqualTo(here.plain(""));
    assertThat(there.twin().conflicts()).isEmpty();
  }

  @Test
  void anUpdateSurvivesADeleteThatDidNotSeeIt() {
    here.put("", "{\"attributes\":{\"a\":{\"x\":1,\"y\":1}}}");
    there.hear(here);
    here.patch("attributes", "{\"a\":null}");
    there.put("attributes/a/y", "2");
    Region.meet(here, there);
    assertThat(here.plain("attributes")).isEqualTo("{\"a\":{\"y\":2}}");
    assertThat(there.plain("attributes")).isEqualTo("{\"a\":{\"y\":2}}");
  }

  @Test
  void concurrentValuesAreAllToldAndAPutSettlesThem() {
    here.put("", "{\"attributes\":{\"a\":0}}");
    there.hear(here);
    here.put("attributes/a", "1");
    there.put("attributes/a", "[2]");
    Region.meet(here, there);
    for (Region each : List.of(here, there)) {
      // The clock of the other region is ahead.
      assertThat(each.plain("attributes/a")).isEqualTo("[2]");
      Conflict conflict = each.twin().conflicts().getFirst();
      assertThat(each.twin().conflicts()).hasSize(1);
      assertThat(conflict.path()).isEqualTo("attributes/a");
      assertThat(conflict.candidates())
          .extracting(it -> it.json() + " " + it.shown())
          .containsExactly("[2] true", "1 false");
      assertThat(conflict.candidates())
          .extracting(it -> it.writer().map(Dot::actor))
          .containsExactly(Optional.of(there.actor), Optional.of(here.actor));
    }
    assertThat(here.put("attributes/a", "[2]")).hasSize(1);
    assertThat(here.twin().conflicts()).isEmpty();
    there.hear(here);
    assertThat(there.twin().conflicts()).isEmpty();
    assertThat(there.plain("attributes/a")).isEqualTo("[2]");
  }

  @Test
  void equalValuesOfTwoWritersAreNoConflict() {
    here.put("", "{}");
    there.put("", "{}");
    here.put("attributes/a", "7");
    there.put("attributes/a", "7.0");
    Region.meet(here, there);
    assertThat(here.twin().conflicts()).isEmpty();
    assertThat(here.put("attributes/a", "7")).isEmpty();
  }

  @Test
  void ofAValueAndAnObjectTheObjectIsShown() {
    here.put("", "{\"attributes\":{\"a\":0}}");
    there.hear(here);
    here.put("attributes/a", "{\"b\":1}");
    there.put("attributes/a", "5");
    Region.meet(here, there);
    for (Region each : List.of(here, there)) {
      assertThat(each.plain("attributes/a")).isEqualTo("{\"b\":1}");
      Conflict conflict = each.twin().conflicts().getFirst();
      assertThat(conflict.candidates())
          .extracting(it -> it.kind() + " " + it.json() + " " + it.shown())
          .containsExactly("MAP {\"b\":1} true", "REGISTER 5 false");
    }
    here.patch("attributes/a", "{\"c\":2}");
    assertThat(here.twin().conflicts()).hasSize(1);
    here.put("attributes/a", "5");
    assertThat(here.plain("attributes/a")).isEqualTo("5");
    assertThat(here.twin().conflicts()).isEmpty();
  }

  /** What another region writes need not be what this one would. */
  @Test
  void whatCannotBeReadIsToldOfAndHidesNothing() {
    here.put("", "{\"attributes\":{\"a\":1}}");
    there.hear(here);
    String id = Region.PUMP.text();
    there.apply(new Edit.Write(new Leaf(id, "attributes/a", Kind.REGISTER), Octets.ofHex("fb00")));
    there.apply(new Edit.Write(new Leaf(id, "attributes", Kind.REGISTER), Octets.ofHex("05")));
    there.apply(new Edit.Write(new Leaf(id, "elsewhere//x", Kind.REGISTER), Octets.ofHex("05")));
    there.apply(new Edit.Count(new Leaf(id, "features", Kind.COUNTER), 3));
    there.apply(new Edit.Write(new Leaf(id, Twin.LIFECYCLE, Kind.REGISTER), Octets.ofHex("05")));
    assertThat(there.plain("")).isEqualTo("nothing");
    here.put("attributes/a", "2");
    here.apply(
        new Edit.Write(new Leaf(id, Twin.LIFECYCLE, Kind.REGISTER), Lifecycle.ACTIVE.octets()));
    Region.meet(here, there);
    for (Region each : List.of(here, there)) {
      assertThat(each.plain("attributes")).isEqualTo("{\"a\":2}");
      assertThat(each.twin().conflicts())
          .extracting(Conflict::path)
          .containsExactly("_lifecycle", "attributes", "attributes/a", "elsewhere//x", "features");
    }
    here.put("", "{\"attributes\":{\"a\":2}}");
    assertThat(here.twin().conflicts()).extracting(Conflict::path).containsExactly("elsewhere//x");
    here.delete("");
    assertThat(here.twin().leaves()).hasSize(1);
  }

  @Test
  void aThingIsWhereItsLifecycleIs() {
    here.put("", "{}");
    assertThat(here.twin().leaves().keySet())
        .containsExactly(new Leaf(Region.PUMP.text(), Twin.LIFECYCLE, Kind.REGISTER));
    assertThat(here.twin(new ThingId("org.acme:pump-2")).isThere()).isFalse();
    assertThat(here.delete("")).hasSize(1);
    assertThat(here.twin().isThere()).isFalse();
    assertThat(here.twin().lastWrite()).isEqualTo(here.clock);
  }

  @Test
  void whereAnObjectIsDueNothingElseIsShown() {
    here.put("", "{}");
    String id = Region.PUMP.text();
    here.apply(new Edit.Write(new Leaf(id, "attributes", Kind.REGISTER), Octets.ofHex("05")));
    here.apply(new Edit.Write(new Leaf(id, "elsewhere", Kind.REGISTER), Octets.ofHex("05")));
    assertThat(here.plain("")).isEqualTo("{\"thingId\":\"org.acme:pump-1\"}");
    assertThat(here.twin().conflicts())
        .extracting(Conflict::path)
        .containsExactly("attributes", "elsewhere");
    here.delete("");
    here.apply(new Edit.Write(new Leaf(id, "elsewhere", Kind.REGISTER), Octets.ofHex("05")));
    here.put("", "{}");
    assertThat(here.twin().leaves()).hasSize(1);
  }

  @Test
  void aPatchWritesWhatItNames() {
    here.put("", "{\"attributes\":{\"a\":1,\"b\":2,\"c\":{\"d\":3}}}");
    assertThat(here.patch("attributes", "{\"a\":null,\"c\":{\"e\":4}}")).hasSize(2);
    assertThat(here.plain("attributes")).isEqualTo("{\"b\":2,\"c\":{\"d\":3,\"e\":4}}");
    assertThat(here.patch("attributes", "{\"a\":null}")).isEmpty();
  }

  @Test
  void ofTwoWhoSayWhetherAThingIsThereTheLastOneDecides() {
    here.put("", "{}");
    here.delete("");
    there.hear(here);
    here.put("", "{\"attributes\":{\"a\":1}}");
    there.put("", "{}");
    there.delete("");
    Region.meet(here, there);
    for (Region each : List.of(here, there)) {
      assertThat(each.twin().isThere()).isFalse();
      assertThat(each.twin().conflicts().getFirst().candidates())
          .extracting(it -> it.json() + " " + it.shown())
          .containsExactly("\"deleted\" true", "\"active\" false");
    }
    assertThat(here.put("", "{\"attributes\":{\"a\":1}}")).hasSize(1);
    assertThat(here.twin().conflicts()).isEmpty();
  }

  @Test
  void thatAnObjectIsThereIsSaidOnce() {
    here.put("", "{}");
    there.hear(here);
    here.put("attributes/a", "{}");
    there.put("attributes/a", "5");
    here.put("attributes/a/b", "1");
    Region.meet(here, there);
    assertThat(there.twin().conflicts()).hasSize(1);
    assertThat(there.twin().conflicts().getFirst().candidates())
        .extracting(it -> it.kind() + " " + it.json() + " " + it.shown())
        .containsExactly("MAP {\"b\":1} true", "REGISTER 5 false");
  }

  /** Writers of JSON have limits of their own. */
  @Test
  void whatNestsTooDeepIsToldOfAndNotShown() {
    here.put("", "{}");
    String id = Region.PUMP.text();
    Octets deep = Octets.ofHex("81".repeat(TwinLimits.DEPTH_MAX) + "00");
    Octets deeper = Octets.ofHex("81".repeat(TwinLimits.DEPTH_MAX + 1) + "00");
    String path = "attributes" + "/a".repeat(TwinLimits.DEPTH_MAX - 1);
    here.apply(new Edit.Write(new Leaf(id, path, Kind.REGISTER), deep));
    here.apply(new Edit.Write(new Leaf(id, path + "/a", Kind.REGISTER), deep));
    here.apply(new Edit.Write(new Leaf(id, "attributes/b", Kind.REGISTER), deeper));
    String value = "[".repeat(TwinLimits.DEPTH_MAX) + "0" + "]".repeat(TwinLimits.DEPTH_MAX);
    assertThat(here.plain("")).contains("{\"a\":" + value + "}").doesNotContain("\"b\"");
    assertThat(here.twin().conflicts())
        .extracting(Conflict::path)
        .containsExactly(path + "/a", "attributes/b");
  }
}
