package dev.holdfast.bpv7.tcpcl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line of a transcript: bare words, and words with a value after an equals sign. */
record Words(List<String> bare, Map<String, String> values) {
  static Words of(String line) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> bare = new ArrayList<>();
    for (String word : line.trim().split("\\s+")) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        bare.add(word);
      } else {
        values.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return new Words(bare, values);
  }

  String word(int index) {
    return bare.get(index);
  }

  boolean has(String word) {
    return bare.contains(word);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  long number(String name, long otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Long.parseUnsignedLong(value);
  }
}
