package dev.holdfast.gateway.orbit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any text is a file of satellites, each with two sound lines, or refused with its name. */
class TleFileFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<TleFile.Entry> entries;
    try {
      entries = TleFile.read("fuzz", text);
    } catch (IllegalArgumentException refused) {
      if (!String.valueOf(refused.getMessage())
          .matches("(?s)fuzz(, at its line \\d+:| holds no) .*")) {
        throw new IllegalStateException("no problem with a line: " + refused.getMessage(), refused);
      }
      return;
    }
    for (TleFile.Entry entry : entries) {
      if (!text.contains(entry.lines().first()) || !text.contains(entry.lines().second())) {
        throw new IllegalStateException("not of this file: " + entry);
      }
    }
  }
}
