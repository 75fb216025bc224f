package dev.holdfast.contacts.yaml;

import dev.holdfast.contacts.yaml.YamlNode.Empty;
import dev.holdfast.contacts.yaml.YamlNode.Entry;
import dev.holdfast.contacts.yaml.YamlNode.Mapping;
import dev.holdfast.contacts.yaml.YamlNode.Scalar;
import dev.holdfast.contacts.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A block of keys while it is read: every key asked for is a valid one, and what is left over at
 * the {@link #end()} is refused.
 *
 * <p>A wrong value is noted in the {@link Reading} and read as its default, so that one reading
 * tells everything that is wrong.
 */
public final class Section {
  private final Reading reading;
  private final String path;
  private final Mapping mapping;
  private final Set<String> keys = new LinkedHashSet<>();
  private final Map<String, YamlNode> values = new HashMap<>();
  private final Map<String, Position> missing = new LinkedHashMap<>();

  private Section(Reading reading, String path, Mapping mapping) {
    this.reading = reading;
    this.path = path;
    this.mapping = mapping;
    mapping.entries().forEach(entry -> values.put(entry.key(), entry.value()));
  }

  /**
   * The whole file.
   *
   * @param maxChars how long the text may be
   * @throws YamlException if it is longer, or no YAML
   */
  public static Section root(Reading reading, String text, int maxChars) {
    return of(reading, "", YamlTree.read(reading.file(), text, maxChars));
  }

  /** Where the block begins. */
  public Position at() {
    return mapping.at();
  }

  /** Whether the block has the key, even without a value. */
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /** Whether a block of keys stands at the key, rather than a value or nothing. */
  public boolean hasBlock(String key) {
    return find(key).orElse(new Empty(at())) instanceof Mapping;
  }

  /** The keys of a block in which they are names that its author chose. */
  public List<Located<String>> names() {
    return mapping.entries().stream().map(entry -> new Located<>(entry.at(), entry.key())).toList();
  }

  /**
   * A value and where it stands.
   *
   * @param at where
   * @param value what
   */
  public record Located<T>(Position at, T value) {}

  /** The value of a key, if it is there. */
  public <T> Optional<Located<T>> located(String key, Function<String, T> read) {
    return switch (find(key).orElse(new Empty(at()))) {
      case Empty _ -> Optional.empty();
      case Scalar scalar -> read(key, scalar, read);
      case Sequence list -> wrongKind(key, list, "a single value");
      case Mapping block -> wrongKind(key, block, "a single value");
    };
  }

  /** The value of a key, if it is there. */
  public <T> Optional<T> optional(String key, Function<String, T> read) {
    return located(key, read).map(Located::value);
  }

  /** The value of a key, or its default. */
  public <T> T value(String key, T fallback, Function<String, T> read) {
    return optional(key, read).orElse(fallback);
  }

  /** The value of a key that must be there; {@code placeholder} only lets the reading go on. */
  public <T> Located<T> required(String key, T placeholder, Function<String, T> read) {
    Position before = find(key).map(YamlNode::at).orElse(at());
    boolean absent = find(key).orElse(new Empty(before)) instanceof Empty;
    if (absent) {
      missing.put(key, before);
    }
    return located(key, read).orElse(new Located<>(before, placeholder));
  }

  /** A whole number within a range, or its default. */
  public long number(String key, long fallback, long min, long max) {
    return value(key, fallback, text -> whole(text, min, max));
  }

  /** {@code true} or {@code false}, or its default. */
  public boolean flag(String key, boolean fallback) {
    return value(key, fallback, Section::trueOrFalse);
  }

  /** One of an enum's names in lower case with hyphens, or its default. */
  public <E extends Enum<E>> E choice(String key, E fallback, Class<E> type) {
    return value(key, fallback, text -> oneOf(text, type));
  }

  /** The values of a list; one value without a list counts as a list of one. */
  public <T> List<Located<T>> list(String key, Function<String, T> read) {
    List<Located<T>> values = new ArrayList<>();
    for (YamlNode item : items(key)) {
      switch (item) {
        case Scalar scalar -> read(key, scalar, read).ifPresent(values::add);
        case Empty _, Sequence _, Mapping _ -> wrongKind(key, item, "a single value");
      }
    }
    return List.copyOf(values);
  }

  /** How many values or blocks the list of a key has, read or not. */
  public int size(String key) {
    return items(key).size();
  }

  /** The block of a key; without one, a block in which every key has its default. */
  public Section section(String key) {
    YamlNode node = find(key).orElse(new Empty(at()));
    return of(reading, name(key) + ".", node);
  }

  /** The block of a key that must be there. */
  public Section requiredSection(String key) {
    YamlNode node = find(key).orElse(new Empty(at()));
    if (node instanceof Empty) {
      missing.put(key, node.at());
    }
    return section(key);
  }

  /** The blocks of a list. */
  public List<Section> sections(String key) {
    List<Section> blocks = new ArrayList<>();
    for (YamlNode item : items(key)) {
      switch (item) {
        case Mapping block -> blocks.add(new Section(reading, name(key) + ".", block));
        case Scalar _, Empty _, Sequence _ -> wrongKind(key, item, "a block of keys");
      }
    }
    return List.copyOf(blocks);
  }

  /** Notes something wrong with this block. */
  public void refuse(Position at, String text) {
    reading.refuse(at, text);
  }

  /** Refuses every key that nobody asked for, and the lack of those that must be there. */
  public void end() {
    for (Entry entry : mapping.entries()) {
      if (!keys.contains(entry.key())) {
        Optional<String> nearest = Nearest.to(entry.key(), keys);
        nearest.ifPresent(missing::remove); // It is there, misspelled: one mistake, not two.
        String hint =
            nearest
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("; valid here: " + String.join(", ", keys));
        reading.refuse(entry.at(), "unknown key '" + entry.key() + "'" + inBlock() + hint);
      }
    }
    missing.forEach((key, at) -> reading.lacks(at, "'" + name(key) + "' is missing" + inBlock()));
  }

  /** The enum constant that is spelled like {@code text}. */
  public static <E extends Enum<E>> E oneOf(String text, Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (spelled(constant).equals(text)) {
        return constant;
      }
      names.add(spelled(constant));
    }
    throw noneOf(text, names);
  }

  /** The text, if it is one of the names. */
  public static String oneOf(String text, List<String> names) {
    if (!names.contains(text)) {
      throw noneOf(text, names);
    }
    return text;
  }

  private static IllegalArgumentException noneOf(String text, List<String> names) {
    String hint = Nearest.to(text, names).map(near -> "; did you mean '" + near + "'?").orElse("");
    return new IllegalArgumentException(
        "'" + text + "' is none of " + String.join(", ", names) + hint);
  }

  /** How an enum constant is spelled in the file. */
  public static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A whole number within a range. */
  public static long whole(String text, long min, long max) {
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no whole number", e);
    }
    if (number < min || number > max) {
      throw new IllegalArgumentException(number + " is out of range; from " + min + " to " + max);
    }
    return number;
  }

  private static boolean trueOrFalse(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  private <T> Optional<Located<T>> read(String key, Scalar scalar, Function<String, T> read) {
    try {
      return Optional.of(new Located<>(scalar.at(), read.apply(scalar.text())));
    } catch (IllegalArgumentException e) {
      reading.refuse(scalar.at(), name(key) + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private <T> Optional<T> wrongKind(String key, YamlNode node, String wanted) {
    reading.refuse(
        node.at(), name(key) + ": " + node.kind() + " stands where " + wanted + " belongs");
    return Optional.empty();
  }

  private List<YamlNode> items(String key) {
    return switch (find(key).orElse(new Empty(at()))) {
      case Empty _ -> List.of();
      case Sequence list -> list.items();
      case Scalar scalar -> List.of(scalar);
      case Mapping block -> {
        wrongKind(key, block, "a list");
        yield List.of();
      }
    };
  }

  private Optional<YamlNode> find(String key) {
    if (keys.add(key)) {
      reading.knows(name(key));
    }
    return Optional.ofNullable(values.get(key));
  }

  private static Section of(Reading reading, String path, YamlNode node) {
    return switch (node) {
      case Mapping mapping -> new Section(reading, path, mapping);
      case Empty empty -> new Section(reading, path, new Mapping(empty.at(), List.of()));
      case Scalar _, Sequence _ -> {
        String what = path.isEmpty() ? "the file" : path.substring(0, path.length() - 1);
        reading.refuse(node.at(), what + ": " + node.kind() + " stands where keys belong");
        yield new Section(reading, path, new Mapping(node.at(), List.of()));
      }
    };
  }

  private String name(String key) {
    return path + key;
  }

  private String inBlock() {
    return path.isEmpty() ? "" : " in '" + path.substring(0, path.length() - 1) + "'";
  }
}
