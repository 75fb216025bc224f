package dev.holdfast.crdt.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sets, counters, stocks, lists and blobs in a thing. */
final class TypedLeavesTest {
  private static final String TYPED =
      """
      {"blob":{"$blob":"AAEC"},"count":{"$counter":5},"list":{"$list":["x",{"y":1},"z"]},\
      "set":{"$set":[1,"a"]},"stock":{"$stock":10}}""";

  private static final String PLAIN =
      """
      {"blob":"AAEC","count":5,"list":["x",{"y":1},"z"],"set":[1,"a"],"stock":10}""";

  private final Region here = new Region(1);
  private final Region there = new Region(2);

  @BeforeEach
  void put() {
    here.put("", "{\"attributes\":" + TYPED + "}");
    there.hear(here);
  }

  private void meet() {
    Region.meet(here, there);
    assertThat(here.typed("")).isEqualTo(there.typed(""));
    assertThat(here.twin().conflicts()).isEqualTo(there.twin().conflicts());
  }

  @Test
  void areReadPlainlyOrAsWhatDeclaresThem() {
    assertThat(here.plain("attributes")).isEqualTo(PLAIN);
    assertThat(here.typed("attributes")).isEqualTo(TYPED);
    assertThat(here.twin().kind(Region.path("attributes/set"))).contains(Kind.SET);
    assertThat(here.put("attributes", TYPED)).isEmpty();
    // Who reads plainly, changes a value and puts all, does not have to know of kinds.
    assertThat(here.put("attributes", PLAIN)).isEmpty();
    assertThat(here.patch("attributes", PLAIN)).isEmpty();
    String more = PLAIN.substring(0, PLAIN.length() - 1) + ",\"value\":1}";
    assertThat(here.put("attributes", more)).hasSize(1);
    here.put("attributes/none", "{\"$set\":[]}");
    assertThat(here.plain("attributes/none")).isEqualTo("[]");
    here.put("attributes/zero", "{\"$counter\":0}");
    assertThat(here.plain("attributes/zero")).isEqualTo("0");
  }

  @Test
  void aPutTakesTheStepsThatLeadThere() {
    String id = Region.PUMP.text();
    Leaf list = new Leaf(id, "attributes/list", Kind.LIST);
    Leaf set = new Leaf(id, "attributes/set", Kind.SET);
    assertThat(here.put("attributes/list", "{\"$list\":[\"x\",2,3,\"z\"]}"))
        .containsExactly(
            new Edit.Delete(list, 1),
            new Edit.Insert(list, 1, Octets.ofHex("02")),
            new Edit.Insert(list, 2, Octets.ofHex("03")));
    assertThat(here.plain("attributes/list")).isEqualTo("[\"x\",2,3,\"z\"]");
    for (String all : List.of("[1,1,1]", "[1,1]", "[1,1,1,1]", "[1,2,1]", "[1]", "[]")) {
      here.put("attributes/list", "{\"$list\":" + all + "}");
      assertThat(here.plain("attributes/list")).isEqualTo(all);
    }
    assertThat(here.put("attributes/set", "{\"$set\":[\"a\",2]}"))
        .containsExactly(
            new Edit.Remove(set, Octets.ofHex("01")), new Edit.Add(set, Octets.ofHex("02")));
    assertThat(here.put("attributes/count", "{\"$counter\":2}"))
        .containsExactly(new Edit.Count(new Leaf(id, "attributes/count", Kind.COUNTER), -3));
    assertThat(here.put("attributes/stock", "{\"$stock\":12}"))
        .containsExactly(new Edit.Make(new Leaf(id, "attributes/stock", Kind.STOCK), 2));
    assertThat(here.put("attributes/blob", "{\"$blob\":\"AAEC\"}")).isEmpty();
    assertThat(here.put("attributes/blob", "{\"$blob\":\"\"}")).hasSize(1);
    assertThat(here.plain("attributes/blob")).isEqualTo("\"\"");
  }

  @Test
  void stepsOfTwoRegionsComeTogether() {
    here.edit("attributes/count", new TypedEdit.Count(2));
    there.edit("attributes/count", new TypedEdit.Count(-4));
    here.edit("attributes/set", new TypedEdit.Remove(Region.json("1")));
    there.edit("attributes/set", new TypedEdit.Add(Region.json("1")));
    here.edit("attributes/list", new TypedEdit.Insert(3, Region.json("true")));
    there.edit("attributes/list", new TypedEdit.Delete(0));
    here.edit("attributes/stock", new TypedEdit.Give(there.actor, 4));
    here.edit("attributes/stock", new TypedEdit.Take(6));
    there.edit("attributes/stock", new TypedEdit.Make(1));
    meet();
    assertThat(here.plain("attributes"))
        .isEqualTo(
            "{\"blob\":\"AAEC\",\"count\":3,\"list\":[{\"y\":1},\"z\",true],\"set\":[1,\"a\"],\"stock\":5}");
    there.edit("attributes/stock", new TypedEdit.Take(5));
    assertThat(there.plain("attributes/stock")).isEqualTo("0");
    assertThat(here.twin().conflicts()).isEmpty();
  }

  @Test
  void anUpdateSurvivesTheDeleteButOfAStock() {
    here.delete("attributes");
    assertThat(here.plain("")).isEqualTo("{\"thingId\":\"org.acme:pump-1\"}");
    there.edit("attributes/set", new TypedEdit.Add(Region.json("2")));
    there.edit("attributes/stock", new TypedEdit.Make(2));
    meet();
    assertThat(here.typed("attributes")).isEqualTo("{\"set\":{\"$set\":[2]}}");
    assertThat(here.twin().conflicts()).isEmpty();
    // What was made is not lost: the stock is there again once somebody says so.
    here.put("attributes/stock", "{\"$stock\":12}");
    assertThat(here.plain("attributes/stock")).isEqualTo("12");
    here.put("attributes/set", "{\"$set\":[2]}");
    here.edit("attributes/set", new TypedEdit.Remove(Region.json("2")));
    assertThat(here.plain("attributes/set")).isEqualTo("[]");
  }

  @Test
  void aThingThatIsPutAnewBringsNoStockBack() {
    here.delete("");
    here.put("", "{\"attributes\":{\"stock\":\"none\",\"count\":6}}");
    assertThat(here.plain("attributes")).isEqualTo("{\"count\":6,\"stock\":\"none\"}");
    here.put("attributes/stock", "{\"$stock\":11}");
    assertThat(here.plain("attributes/stock")).isEqualTo("11");
  }

  @Test
  void twoKindsAtOnePlaceAreToldOf() {
    here.put("attributes/new", "{\"$counter\":3}");
    there.clock = new dev.holdfast.crdt.Hlc(1_000_000, 0);
    there.put("attributes/new", "{\"$set\":[7]}");
    meet();
    assertThat(here.plain("attributes/new")).isEqualTo("[7]");
    Conflict conflict = here.twin().conflicts().getFirst();
    assertThat(conflict.candidates())
        .extracting(it -> it.json() + " " + it.shown())
        .containsExactly("{\"$set\":[7]} true", "{\"$counter\":3} false");
    here.put("attributes/new", "{\"$counter\":3}");
    assertThat(here.typed("attributes/new")).isEqualTo("{\"$counter\":3}");
    assertThat(here.twin().conflicts()).isEmpty();
  }

  @Test
  void aValueThatIsShownBesideAKindMayBePutAnew() {
    here.put("attributes/new", "{\"$counter\":3}");
    there.clock = new dev.holdfast.crdt.Hlc(1_000_000, 0);
    there.put("attributes/new", "5");
    meet();
    assertThat(here.plain("attributes/new")).isEqualTo("5");
    assertThat(here.twin().conflicts()).hasSize(1);
    here.put("attributes/new", "6");
    assertThat(here.twin().conflicts()).isEmpty();
    here.delete("attributes/new");
    assertThat(here.plain("attributes/new")).isEqualTo("nothing");
  }

  @Test
  void whatSurvivedADeletedThingDoesNotBindTheNext() {
    here.delete("");
    there.edit("attributes/count", new TypedEdit.Count(1));
    meet();
    assertThat(here.twin().isThere()).isFalse();
    assertThat(here.twin().conflicts()).hasSize(1);
    here.put("", "{\"attributes\":{\"count\":\"many\"}}");
    assertThat(here.plain("attributes")).isEqualTo("{\"count\":\"many\"}");
    assertThat(here.twin().conflicts()).isEmpty();
  }

  @Test
  void bothDeclareAndBothCount() {
    here.put("attributes/new", "{\"$counter\":3}");
    there.put("attributes/new", "{\"$counter\":3}");
    meet();
    assertThat(here.plain("attributes/new")).isEqualTo("6");
    assertThat(here.twin().conflicts()).isEmpty();
  }

  @Test
  void blobsStandSideBySide() {
    here.put("attributes/blob", "{\"$blob\":\"AQ==\"}");
    there.clock = new dev.holdfast.crdt.Hlc(1_000_000, 0);
    there.put("attributes/blob", "{\"$blob\":\"Ag==\"}");
    meet();
    assertThat(here.plain("attributes/blob")).isEqualTo("\"Ag==\"");
    assertThat(here.twin().conflicts(Region.path("attributes/blob")).getFirst().candidates())
        .extracting(it -> it.json() + " " + it.shown())
        .containsExactly("{\"$blob\":\"Ag==\"} true", "{\"$blob\":\"AQ==\"} false");
    here.put("attributes/blob", "{\"$blob\":\"Ag==\"}");
    assertThat(here.twin().conflicts()).isEmpty();
  }

  @Test
  void elementsThatCannotBeReadCanBeTakenOut() {
    Leaf set = new Leaf(Region.PUMP.text(), "attributes/set", Kind.SET);
    there.apply(new Edit.Add(set, Octets.ofHex("ff")));
    meet();
    assertThat(here.plain("attributes/set")).isEqualTo("[1,\"a\",{\"$octets\":\"/w==\"}]");
    assertThat(here.put("attributes", here.typed("attributes"))).isEmpty();
    here.edit("attributes/set", new TypedEdit.Remove(Region.json("{\"$octets\":\"/w==\"}")));
    assertThat(here.plain("attributes/set")).isEqualTo("[1,\"a\"]");
  }

  @Test
  void editsAreReadFromJson() {
    String to = "00".repeat(16);
    assertThat(
            List.of(
                edit("{\"$add\":{\"x\":1}}"),
                edit("{\"$remove\":null}"),
                edit("{\"$count\":-9223372036854775808}"),
                edit("{\"$make\":1}"),
                edit("{\"$take\":2}"),
                edit("{\"$give\":{\"to\":\"" + to + "\",\"amount\":3}}"),
                edit("{\"$insert\":{\"index\":0,\"value\":null}}"),
                edit("{\"$delete\":0}")))
        .containsExactly(
            new TypedEdit.Add(Region.json("{\"x\":1}")),
            new TypedEdit.Remove(Region.json("null")),
            new TypedEdit.Count(Long.MIN_VALUE),
            new TypedEdit.Make(1),
            new TypedEdit.Take(2),
            new TypedEdit.Give(Octets.ofHex(to), 3),
            new TypedEdit.Insert(0, Region.json("null")),
            new TypedEdit.Delete(0));
    for (String wrong :
        List.of(
            "5",
            "{}",
            "{\"$count\":1,\"$make\":1}",
            "{\"$count\":1.5}",
            "{\"$make\":0}",
            "{\"$take\":9223372036854775808}",
            "{\"$give\":{\"to\":\"00\",\"amount\":3}}",
            "{\"$give\":{\"to\":\"" + to + "\",\"amount\":3,\"x\":1}}",
            "{\"$insert\":{\"index\":0}}",
            "{\"$delete\":-1}",
            "{\"$other\":1}")) {
      assertThat(TypedEdit.of(Region.json(wrong)).toOptional()).as(wrong).isEmpty();
    }
    assertThat(TypedEdit.of(Region.json("{\"$other\":1}")).toString())
        .startsWith("offset 0, an edit: no such edit: $other; there are $add, $remove,");
  }

  private static TypedEdit edit(String json) {
    return TypedEdit.of(Region.json(json)).orElseThrow();
  }
}
