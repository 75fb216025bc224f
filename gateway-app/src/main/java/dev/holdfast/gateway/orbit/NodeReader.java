package dev.holdfast.gateway.orbit;

import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.orbit.Body;
import dev.holdfast.contacts.orbit.Elements;
import dev.holdfast.contacts.orbit.Mask;
import dev.holdfast.contacts.orbit.Placement;
import dev.holdfast.contacts.orbit.PlannedNode;
import dev.holdfast.contacts.orbit.TwoLines;
import dev.holdfast.contacts.yaml.Position;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the nodes: stations, satellites, whole bodies. */
final class NodeReader {
  private static final double FAR = 10_000_000;
  private static final TwoLines NO_LINES =
      new TwoLines(
          "1 00000U 00000A   00001.00000000  .00000000  00000-0  00000-0 0    04",
          "2 00000   0.0000   0.0000 0000000   0.0000   0.0000  1.00000000    03");

  private final Names names;
  private final Function<String, List<TleFile.Entry>> satellites;

  /**
   * A reader.
   *
   * @param names what the nodes are added to
   * @param satellites gives what stands in a file of two-line elements; {@link
   *     IllegalArgumentException} if it cannot be read
   */
  NodeReader(Names names, Function<String, List<TleFile.Entry>> satellites) {
    this.names = names;
    this.satellites = satellites;
  }

  void nodes(Section root) {
    for (Section block : root.sections("nodes")) {
      Located<String> name = block.required("name", "unnamed", Names::name);
      NodeNumber number = block.required("number", NodeNumber.of(0), NodeReader::number).value();
      int terminals = terminals(block);
      Placement placement = placement(block);
      block.end();
      try {
        names.add(new PlannedNode(number, name.value(), placement, terminals), name.at());
      } catch (IllegalArgumentException e) {
        block.refuse(name.at(), String.valueOf(e.getMessage()));
      }
    }
  }

  static NodeNumber number(String text) {
    return NodeNumber.parse(text)
        .filter(number -> number.value() != 0)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is no node number; write 977 or 974848.977"));
  }

  static int terminals(Section block) {
    return (int) block.number("terminals", PlannedNode.UNLIMITED, 1, PlannedNode.UNLIMITED);
  }

  private Placement placement(Section block) {
    List<String> kinds =
        List.of("station", "orbit", "stationary", "tle", "tle-file", "body").stream()
            .filter(block::has)
            .toList();
    if (kinds.size() != 1) {
      block.refuse(
          block.at(),
          "a node has one of station, orbit, stationary, tle, tle-file and body; this one has "
              + (kinds.isEmpty() ? "none" : String.join(" and ", kinds)));
      return new Placement.Whole(Body.EARTH);
    }
    return switch (kinds.getFirst()) {
      case "station" -> station(block.section("station"));
      case "orbit" -> orbit(block.section("orbit"));
      case "stationary" -> stationary(block.section("stationary"));
      case "tle" -> new Placement.Tracked(lines(block));
      case "tle-file" -> new Placement.Tracked(linesOfFile(block));
      default -> new Placement.Whole(body(block, List.of(Body.values())));
    };
  }

  private static Body body(Section block, List<Body> allowed) {
    List<String> known = allowed.stream().map(Section::spelled).toList();
    return block.value(
        "body", Body.EARTH, text -> allowed.get(known.indexOf(Section.oneOf(text, known))));
  }

  private static Placement station(Section block) {
    Body body = body(block, List.of(Body.values()));
    double latitude = block.required("latitude", 0.0, Amount.angle(-90, 90)).value();
    double longitude = block.required("longitude", 0.0, Amount.angle(-180, 360)).value();
    double height = block.value("height", 0.0, Amount.length(-10, 100));
    Mask mask = mask(block);
    block.end();
    return new Placement.Ground(body, latitude, longitude, height, mask);
  }

  private static Mask mask(Section block) {
    if (!block.has("horizon")) {
      return Mask.of(block.value("mask", Math.toRadians(5), Amount.angle(-10, 89)));
    }
    if (block.has("mask")) {
      block.refuse(block.at(), "a station has either mask or horizon; take one away");
    }
    List<Mask.Point> points = new ArrayList<>();
    for (Section point : block.sections("horizon")) {
      double azimuth = point.required("azimuth", 0.0, Amount.angle(0, 359.999999)).value();
      double elevation = point.required("elevation", 0.0, Amount.angle(-10, 89)).value();
      points.add(new Mask.Point(azimuth, elevation));
      point.end();
    }
    try {
      return points.isEmpty() ? Mask.of(0) : new Mask(points);
    } catch (IllegalArgumentException e) {
      block.refuse(block.at(), "horizon: " + e.getMessage());
      return Mask.of(0);
    }
  }

  private static Placement stationary(Section block) {
    Body body = body(block, List.of(Body.EARTH, Body.MARS));
    double longitude = block.required("longitude", 0.0, Amount.angle(-180, 360)).value();
    block.end();
    return new Placement.Stationary(body, longitude);
  }

  private static Placement orbit(Section block) {
    Body body = body(block, List.of(Body.values()));
    Optional<Located<Double>> axis =
        block.located("semi-major-axis", Amount.length(body.radius(), FAR));
    Optional<Located<Double>> altitude = block.located("altitude", Amount.length(1, FAR));
    if (block.has("semi-major-axis") == block.has("altitude")) {
      block.refuse(
          block.at(), "an orbit has one of semi-major-axis and altitude (above the equator)");
    }
    double semiMajor =
        axis.map(Located::value)
            .orElseGet(() -> body.radius() + altitude.map(Located::value).orElse(FAR));
    Elements elements =
        new Elements(
            semiMajor,
            block.value("eccentricity", 0.0, Amount.number(0, 0.99)),
            block.required("inclination", 0.0, Amount.angle(0, 180)).value(),
            block.value("node", 0.0, Amount.angle(-360, 360)),
            block.value("pericentre", 0.0, Amount.angle(-360, 360)),
            block.value("mean-anomaly", 0.0, Amount.angle(-360, 360)));
    if (elements.pericentreRadius() < body.radius()) {
      block.refuse(
          axis.or(() -> altitude).map(Located::at).orElse(block.at()),
          "the orbit goes through the ground: its pericentre is %d km below the surface of the %s;"
              .concat(" raise it, or make it rounder")
              .formatted(
                  Math.round(body.radius() - elements.pericentreRadius()), Section.spelled(body)));
    }
    block.end();
    return new Placement.Orbiting(body, elements, false);
  }

  private static TwoLines lines(Section block) {
    List<Located<String>> lines = block.list("tle", text -> text);
    Position at = lines.isEmpty() ? block.at() : lines.getFirst().at();
    if (lines.size() != 2) {
      block.refuse(at, "tle: two lines in quotes stand here, there are " + lines.size());
      return NO_LINES;
    }
    try {
      return new TwoLines(lines.getFirst().value(), lines.getLast().value());
    } catch (IllegalArgumentException e) {
      boolean second = String.valueOf(e.getMessage()).contains("line 2");
      block.refuse(second ? lines.getLast().at() : at, "tle: " + e.getMessage());
      return NO_LINES;
    }
  }

  private TwoLines linesOfFile(Section block) {
    String satellite = block.value("satellite", "", text -> text);
    return block
        .required(
            "tle-file", NO_LINES, file -> TleFile.one(file, satellites.apply(file), satellite))
        .value();
  }
}
