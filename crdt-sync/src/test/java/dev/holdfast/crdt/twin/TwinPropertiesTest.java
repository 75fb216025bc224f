package dev.holdfast.crdt.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Laws of twins, on seeded cases; the failing seed stands in the message. */
final class TwinPropertiesTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void whatIsPutIsRead() {
    for (int seed = 0; seed < 5_000; seed++) {
      JsonMaker make = new JsonMaker(seed);
      Region region = new Region(1);
      region.put("", "{}");
      TwinPath path = make.path(2);
      for (int i = 0; i < 3; i++) {
        JsonNode json = path.names().size() == 1 ? make.object(3) : make.any(3);
        region.apply(region.editor().put(path, json));
        assertThat(read(region.twin(), path)).as("seed %d", seed).contains(octets(json));
        assertThat(region.apply(region.editor().put(path, json))).as("seed %d", seed).isEmpty();
        assertThat(region.twin().conflicts()).isEmpty();
      }
    }
  }

  /** Puts, patches and deletes at any path do to a twin what they do to plain JSON. */
  @Test
  void changesDoWhatTheyDoToPlainJson() {
    for (int seed = 0; seed < 3_000; seed++) {
      JsonMaker make = new JsonMaker(seed);
      Region region = new Region(1);
      region.put("", "{\"attributes\":{}}");
      ObjectNode model = JSON.objectNode().set("attributes", JSON.objectNode());
      for (int i = 0; i < 12; i++) {
        TwinPath path = make.path(3);
        boolean all = path.names().size() == 1;
        JsonNode json = all ? make.object(3) : make.any(3);
        JsonNode patch = all ? make.patch(2) : make.patch(3);
        int what = make.random.nextInt(3);
        if (all && !patch.isObject()) {
          continue;
        }
        TwinEditor editor = region.editor();
        Optional<ObjectNode> next =
            switch (what) {
              case 0 -> put(model, path.names(), json);
              case 1 -> patch(model, path.names(), patch);
              default -> all ? Optional.empty() : delete(model, path.names());
            };
        if (what == 2 && all) {
          continue;
        }
        TwinOutcome outcome =
            switch (what) {
              case 0 -> editor.put(path, json);
              case 1 -> editor.patch(path, patch);
              default -> editor.delete(path);
            };
        String as = "seed %d, step %d at %s: %s".formatted(seed, i, path, outcome);
        assertThat(outcome instanceof TwinOutcome.Change).as(as).isEqualTo(next.isPresent());
        if (next.isPresent()) {
          region.apply(outcome);
          model = next.get();
        }
        assertThat(read(region.twin(), new TwinPath(List.of("attributes"))))
            .as(as)
            .contains(octets(model.get("attributes")));
      }
    }
  }

  private static Optional<ObjectNode> put(ObjectNode model, List<String> names, JsonNode json) {
    ObjectNode result = model.deepCopy();
    ObjectNode at = result;
    for (String name : names.subList(0, names.size() - 1)) {
      if (!at.has(name)) {
        at.set(name, JSON.objectNode());
      }
      if (!at.get(name).isObject()) {
        return Optional.empty();
      }
      at = (ObjectNode) at.get(name);
    }
    at.set(names.getLast(), json);
    return Optional.of(result);
  }

  private static Optional<ObjectNode> patch(ObjectNode model, List<String> names, JsonNode patch) {
    JsonNode at = model;
    for (String name : names) {
      at = at.path(name);
    }
    return at.isMissingNode()
        ? Optional.empty()
        : patch.isNull() ? delete(model, names) : put(model, names, JsonMaker.merge(at, patch));
  }

  private static Optional<ObjectNode> delete(ObjectNode model, List<String> names) {
    ObjectNode result = model.deepCopy();
    JsonNode at = result;
    for (String name : names.subList(0, names.size() - 1)) {
      at = at.path(name);
    }
    return at.has(names.getLast()) && ((ObjectNode) at).remove(names.getLast()) != null
        ? Optional.of(result)
        : Optional.empty();
  }

  @Test
  void patchesOfTheRfc() throws IOException {
    List<List<String>> cases = ValueCodecTest.vectors("rfc7396-appendix-a.txt");
    assertThat(cases).hasSize(15);
    for (List<String> each : cases) {
      JsonNode result = Region.json(each.get(2));
      assertThat(JsonMaker.merge(Region.json(each.get(0)), Region.json(each.get(1))))
          .isEqualTo(result);
      Region region = new Region(1);
      region.put("", "{}");
      region.put("attributes/x", each.get(0));
      region.patch("attributes/x", each.get(1));
      // A patch that is null deletes: there is no place that could be null by it.
      assertThat(region.plain("attributes/x"))
          .as("%s", each)
          .isEqualTo(result.isNull() ? "nothing" : sorted(result));
    }
  }

  private static String sorted(JsonNode json) {
    return ValueCodec.element(octets(json)).orElseThrow().toString();
  }

  /** Three regions change and meet at random; then all meet, in two orders. */
  @Test
  void regionsShowTheSame() {
    long conflicts = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      JsonMaker make = new JsonMaker(seed);
      List<Region> regions = List.of(new Region(1), new Region(2), new Region(3));
      regions.getFirst().put("", "{}");
      regions.forEach(each -> each.hear(regions.getFirst()));
      for (int i = 0; i < 20; i++) {
        Region region = regions.get(make.random.nextInt(3));
        Region other = regions.get(make.random.nextInt(3));
        if (make.random.nextInt(3) == 0 && region != other) {
          region.hear(other);
        } else {
          change(make, region);
        }
        Region.JSON.write(region.twin().json(Form.TYPED).orElse(JSON.nullNode()));
      }
      Region one = new Region(8);
      Region other = new Region(9);
      regions.forEach(one::hear);
      regions.reversed().forEach(other::hear);
      other.hear(one);
      assertThat(one.twin().json(Form.TYPED))
          .as("seed %d", seed)
          .isEqualTo(other.twin().json(Form.TYPED));
      assertThat(one.twin().conflicts()).as("seed %d", seed).isEqualTo(other.twin().conflicts());
      complete(one.twin(), "seed " + seed);
      conflicts += one.twin().conflicts().size();
      Twin twin = one.twin();
      Optional<JsonNode> typed = twin.json(Form.TYPED);
      if (typed.isPresent() && twin.conflicts().isEmpty()) {
        assertThat(one.apply(one.editor().put(TwinPath.THING, typed.get())))
            .as("seed %d", seed)
            .isEmpty();
      } else if (typed.isPresent()) {
        one.apply(one.editor().put(TwinPath.THING, typed.get()));
        assertThat(one.twin().json(Form.TYPED)).as("seed %d", seed).isEqualTo(typed);
      }
    }
    assertThat(conflicts).isGreaterThan(1_000);
  }

  private static void change(JsonMaker make, Region region) {
    TwinPath path = make.path(2);
    boolean all = path.names().size() == 1;
    TwinEditor editor = region.editor();
    TwinOutcome outcome =
        switch (make.random.nextInt(9)) {
          case 0, 1 -> editor.put(path, all ? make.object(2) : make.any(2));
          case 2, 3 -> editor.patch(path, make.patch(2));
          case 4 -> editor.delete(make.random.nextInt(8) == 0 ? TwinPath.THING : path);
          case 5 -> editor.put(TwinPath.THING, JSON.objectNode().set("attributes", make.object(2)));
          case 6 -> editor.put(path, make.declaration());
          default -> editor.edit(path, step(make));
        };
    if (outcome instanceof TwinOutcome.Change) {
      region.apply(outcome);
    } else if (outcome instanceof TwinOutcome.Refused(Refusal refusal)) {
      assertThat(refusal.reason()).isNotEmpty();
      assertThat(refusal.mend()).isNotEmpty();
    }
  }

  private static TypedEdit step(JsonMaker make) {
    return switch (make.random.nextInt(6)) {
      case 0 -> new TypedEdit.Add(make.any(1));
      case 1 -> new TypedEdit.Remove(JSON.numberNode(1));
      case 2 -> new TypedEdit.Make(2);
      case 3 -> new TypedEdit.Insert(0, make.any(1));
      case 4 -> new TypedEdit.Delete(0);
      default -> new TypedEdit.Count(make.random.nextInt(5) - 2);
    };
  }

  /** Each leaf's concurrent values are all told, with one shown at most, if they differ. */
  private static void complete(Twin twin, String as) {
    List<Conflict> conflicts = twin.conflicts();
    for (var each : twin.leaves().entrySet()) {
      if (each.getValue() instanceof MvRegister register
          && register.values().stream().distinct().count() > 1
          && register.values().stream().noneMatch(ValueCodec.MEMBERS::equals)) {
        List<Dot> told = new ArrayList<>();
        conflicts.stream()
            .filter(it -> it.path().equals(each.getKey().path()))
            .flatMap(it -> it.candidates().stream())
            .forEach(it -> it.writer().ifPresent(told::add));
        List<Dot> dots =
            register.versions().stream()
                // Of a blob the uploads are told, each with its own writer.
                .filter(it -> !it.value().equals(ValueCodec.declaration(Kind.BLOB)))
                .map(Version<Octets>::dot)
                .toList();
        assertThat(told).as(as + " " + each.getKey()).containsAll(dots);
      }
    }
    for (Conflict conflict : conflicts) {
      long shown =
          conflict.candidates().stream()
              .filter(Conflict.Candidate::shown)
              .map(Conflict.Candidate::json)
              .distinct()
              .count();
      assertThat(shown).as(as).isLessThanOrEqualTo(1);
    }
  }

  private static Octets octets(JsonNode json) {
    return ValueCodec.encode(json);
  }

  private static Optional<Octets> read(Twin twin, TwinPath path) {
    return twin.json(path, Form.PLAIN).map(TwinPropertiesTest::octets);
  }
}
