package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.yaml.Nearest;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.gateway.config.TwinsConfig.ClassConfig;
import dev.holdfast.gateway.config.TwinsConfig.RegionConfig;
import dev.holdfast.gateway.config.TwinsConfig.RuleConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what is said of twins. */
final class TwinsReader {
  /** The class that is always there and never leaves. */
  static final String LOCAL = "local";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Duration YEARS = Duration.ofDays(36_500);
  private static final long SERVICES = Integer.MAX_VALUE;

  private final Path base;
  private final List<NodeId> ourselves;

  /**
   * A reader of one file.
   *
   * @param base what relative paths in it are relative to
   * @param ourselves this gateway's identities
   */
  TwinsReader(Path base, List<NodeId> ourselves) {
    this.base = base;
    this.ourselves = List.copyOf(ourselves);
  }

  /** What the file says of twins; empty if it says nothing. */
  Optional<TwinsConfig> read(Section root) {
    if (!root.has("twins")) {
      return Optional.empty();
    }
    Section section = root.section("twins");
    Located<String> region = section.required("region", "here", TwinsReader::name);
    List<Located<Path>> keys = section.list("keys", text -> Values.path(base, text));
    if (keys.isEmpty()) {
      section.refuse(
          section.at(),
          "twins: no keys; run holdfast keys generate earth.pem and write keys: [earth.pem]");
    }
    for (int i = 1; i < keys.size(); i++) {
      Located<Path> key = keys.get(i);
      if (keys.subList(0, i).stream().anyMatch(it -> it.value().equals(key.value()))) {
        section.refuse(key.at(), "twins.keys: " + key.value() + " is named twice");
      }
    }
    List<RegionConfig> regions = regions(section, region.value());
    List<ClassConfig> classes = classes(section, regions);
    List<String> names = new ArrayList<>(classes.stream().map(ClassConfig::name).toList());
    if (!names.contains(LOCAL)) {
      names.add(LOCAL);
    }
    List<RuleConfig> rules = rules(section, names);
    Located<String> otherwise =
        section
            .located("otherwise", TwinsReader::name)
            .orElseGet(() -> new Located<>(section.at(), LOCAL));
    checkKnown(section, otherwise, "otherwise: no class", names);
    Duration second = Duration.ofSeconds(1);
    TwinsConfig config =
        new TwinsConfig(
            region.value(),
            keys.stream().map(Located::value).toList(),
            regions,
            classes,
            rules,
            otherwise.value(),
            section.value("lifetime", Duration.ofDays(30), Values.duration(second, YEARS)),
            section.value("digestLifetime", Duration.ofDays(7), Values.duration(second, YEARS)),
            section.value("answerWithin", Duration.ofHours(1), Values.duration(second, YEARS)),
            section.value("history", 1_000_000L, text -> Section.whole(text, 1_024, 1L << 53)),
            section.optional("witness", text -> Values.path(base, text)));
    section.end();
    return Optional.of(config);
  }

  private List<RegionConfig> regions(Section twins, String own) {
    List<RegionConfig> regions = new ArrayList<>();
    for (Section section : twins.sections("regions")) {
      Located<String> name = section.required("name", "there", TwinsReader::name);
      boolean taken = regions.stream().anyMatch(it -> it.name().equals(name.value()));
      if (taken || name.value().equals(own)) {
        section.refuse(
            name.at(), "twins.regions.name: two regions are called '" + name.value() + "'");
      }
      Located<NodeId> node = section.required("node", NodeId.ipn(1), Values::node);
      if (section.has("node") && ourselves.contains(node.value())) {
        section.refuse(
            node.at(), "twins.regions.node: " + node.value() + " is this gateway itself");
      }
      regions.add(
          new RegionConfig(
              name.value(),
              node.value(),
              section.required("key", PLACEHOLDER, TwinsReader::key).value(),
              section.optional("jurisdiction", TwinsReader::name)));
      section.end();
    }
    return regions;
  }

  private static List<ClassConfig> classes(Section twins, List<RegionConfig> regions) {
    List<String> known = regions.stream().map(RegionConfig::name).toList();
    List<ClassConfig> classes = new ArrayList<>();
    for (Section section : twins.sections("classes")) {
      Located<String> name = section.required("name", "open", TwinsReader::name);
      boolean taken = classes.stream().anyMatch(it -> it.name().equals(name.value()));
      if (taken || name.value().equals(LOCAL)) {
        section.refuse(
            name.at(),
            "twins.classes.name: '"
                + name.value()
                + (taken ? "' is the name of a class above" : "' is always there, and not shared"));
      }
      Function<String, Long> service = text -> Section.whole(text, 1, SERVICES);
      Located<Long> number = section.required("service", 1L, service);
      if (classes.stream().anyMatch(it -> it.service() == number.value())) {
        section.refuse(
            number.at(), "twins.classes.service: " + number.value() + " is taken by a class above");
      }
      List<Located<String>> with = section.list("regions", TwinsReader::name);
      with.forEach(each -> checkKnown(section, each, "classes.regions: no region", known));
      List<String> laws = values(section.list("jurisdictions", TwinsReader::name));
      with.forEach(each -> checkLaw(section, each, regions, laws));
      classes.add(new ClassConfig(name.value(), number.value(), values(with), laws));
      section.end();
    }
    return classes;
  }

  /** Data that must stay under some law is not shared with a region that is not under it. */
  private static void checkLaw(
      Section section, Located<String> region, List<RegionConfig> regions, List<String> laws) {
    Optional<RegionConfig> known =
        regions.stream().filter(each -> each.name().equals(region.value())).findFirst();
    Optional<String> law = known.flatMap(RegionConfig::jurisdiction);
    if (known.isPresent() && !laws.isEmpty() && law.filter(laws::contains).isEmpty()) {
      section.refuse(
          region.at(),
          "twins.classes.regions: '"
              + region.value()
              + "' is in none of the jurisdictions "
              + String.join(", ", laws)
              + law.map(its -> ", it is in " + its).orElse("; say in which it is"));
    }
  }

  private static List<RuleConfig> rules(Section twins, List<String> classes) {
    List<RuleConfig> rules = new ArrayList<>();
    for (Section section : twins.sections("export")) {
      Located<String> name = section.required("class", LOCAL, TwinsReader::name);
      checkKnown(section, name, "export.class: no class", classes);
      rules.add(
          new RuleConfig(
              section.value("things", "**", Function.identity()),
              section.value("paths", "**", Function.identity()),
              values(section.list("policies", Function.identity())),
              values(section.list("subjects", Function.identity())),
              name.value()));
      section.end();
    }
    return rules;
  }

  private static List<String> values(List<Located<String>> all) {
    return all.stream().map(Located::value).toList();
  }

  private static void checkKnown(
      Section section, Located<String> name, String what, List<String> known) {
    if (!known.contains(name.value())) {
      String hint =
          Nearest.to(name.value(), known)
              .map(near -> "; did you mean '" + near + "'?")
              .orElse("; there are " + String.join(", ", known));
      section.refuse(name.at(), "twins." + what + " is called '" + name.value() + "'" + hint);
    }
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no name; letters, digits, dots, hyphens and underscores, at most 64");
    }
    return text;
  }

  /** Stands for a key that is missing; the file is refused then. */
  private static final VerifyKey PLACEHOLDER =
      new SigningKey(Octets.wrap(new byte[SigningKey.SIZE])).verifyKey();

  private static VerifyKey key(String text) {
    try {
      Octets octets = Octets.wrap(HexFormat.of().parseHex(text));
      return VerifyKey.of(octets).orElseThrow(() -> new IllegalArgumentException(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no public key; write the 64 digits that holdfast keys show prints", e);
    }
  }
}
