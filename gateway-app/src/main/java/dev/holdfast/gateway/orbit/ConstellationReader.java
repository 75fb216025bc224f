package dev.holdfast.gateway.orbit;

import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.orbit.Body;
import dev.holdfast.contacts.orbit.Elements;
import dev.holdfast.contacts.orbit.OrbitLimits;
import dev.holdfast.contacts.orbit.Placement;
import dev.holdfast.contacts.orbit.PlannedNode;
import dev.holdfast.contacts.orbit.Walker;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads constellations, Walker's and those of a file of two-line elements, and groups. */
final class ConstellationReader {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,5})/(\\d{1,5})/(\\d{1,5})");

  private final Names names;
  private final Function<String, List<TleFile.Entry>> satellites;

  ConstellationReader(Names names, Function<String, List<TleFile.Entry>> satellites) {
    this.names = names;
    this.satellites = satellites;
  }

  /**
   * The numbers of a constellation.
   *
   * @param total satellites
   * @param planes of them
   * @param phasing from plane to plane
   */
  private record Shape(int total, int planes, int phasing) {}

  void constellations(Section root) {
    for (Section block : root.sections("constellations")) {
      Located<String> name = block.required("name", "unnamed", Names::name);
      NodeNumber first =
          block.required("first-number", NodeNumber.of(1), NodeReader::number).value();
      int terminals = NodeReader.terminals(block);
      int begin = names.nodes().size();
      try {
        Optional<Walker> walker =
            block.has("tle-file") ? Optional.empty() : Optional.of(walker(block));
        List<Placement> satellites = walker.isPresent() ? satellites(walker.get()) : tracked(block);
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < satellites.size(); i++) {
          members.add(begin + i);
          NodeNumber number = NodeNumber.of(first.value() + i);
          names.add(
              new PlannedNode(number, name.value() + "-" + (i + 1), satellites.get(i), terminals),
              name.at());
        }
        names.define(name.value(), members);
        walker.ifPresent(shape -> names.shape(name.value(), shape, begin));
      } catch (IllegalArgumentException e) {
        block.refuse(name.at(), String.valueOf(e.getMessage()));
      }
      block.end();
    }
  }

  void groups(Section root) {
    if (!root.has("groups")) {
      return;
    }
    Section groups = root.section("groups");
    for (Located<String> group : groups.names()) {
      List<Located<String>> some = groups.list(group.value(), names::existing);
      try {
        names.define(Names.name(group.value()), names.isFull(1) ? List.of() : names.union(some));
      } catch (IllegalArgumentException e) {
        groups.refuse(group.at(), String.valueOf(e.getMessage()));
      }
    }
    groups.end();
  }

  private List<Placement> tracked(Section block) {
    List<TleFile.Entry> entries =
        block.required("tle-file", List.<TleFile.Entry>of(), satellites).value();
    names.expect(entries.size());
    return entries.stream().<Placement>map(entry -> new Placement.Tracked(entry.lines())).toList();
  }

  private static Walker walker(Section block) {
    Shape shape = block.required("walker", new Shape(1, 1, 0), ConstellationReader::shape).value();
    return new Walker(
        shape.total(),
        shape.planes(),
        shape.phasing(),
        block.choice("pattern", Walker.Pattern.DELTA, Walker.Pattern.class),
        block.required("altitude", 600.0, Amount.length(100, 100_000)).value(),
        block.required("inclination", 0.0, Amount.angle(0, 180)).value(),
        block.value("node", 0.0, Amount.angle(-360, 360)));
  }

  private List<Placement> satellites(Walker walker) {
    names.expect(walker.total());
    List<Placement> satellites = new ArrayList<>();
    for (Elements elements : walker.satellites()) {
      satellites.add(new Placement.Orbiting(Body.EARTH, elements, true));
    }
    return satellites;
  }

  private static Shape shape(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no shape; write satellites/planes/phasing, such as 24/3/1, in quotes");
    }
    Shape shape =
        new Shape(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)));
    int most = OrbitLimits.DEFAULT.nodes();
    if (shape.total() > most) {
      throw new IllegalArgumentException(
          shape.total() + " satellites are too many; at most " + most);
    }
    // Refuses what makes no constellation here, where its place is known.
    var _ =
        new Walker(shape.total(), shape.planes(), shape.phasing(), Walker.Pattern.DELTA, 600, 0, 0);
    return shape;
  }
}
