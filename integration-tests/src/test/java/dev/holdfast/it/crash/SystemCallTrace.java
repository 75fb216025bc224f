package dev.holdfast.it.crash;

import dev.holdfast.bpv7.wire.Octets;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code strace -f -y -xx -o FILE} wrote: every call with the lines on which it was entered
 * and left, so that "left before the other was entered" is an order that really was.
 */
record SystemCallTrace(List<Call> calls) {
  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (\\w+) resumed>(.*)");
  private static final Pattern CALL = Pattern.compile("(\\w+)\\((\\d+)(?:<([^>]*)>)?(.*)");
  private static final Pattern RESULT = Pattern.compile(".*\\) += (-?\\d+)[^=]*");
  private static final String UNFINISHED = " <unfinished ...>";

  /**
   * A call on a file descriptor.
   *
   * @param name such as {@code write}
   * @param path what the descriptor stands for
   * @param octets what was read, or what was to be written, as far as it was
   * @param entered line of its entry
   * @param left line of its return
   */
  record Call(
      String name, int descriptor, String path, Octets octets, int entered, int left, long result) {
    boolean isSync() {
      return (name.equals("fdatasync") || name.equals("fsync")) && result == 0;
    }

    boolean isRead() {
      return result > 0
          && (name.startsWith("read") || name.startsWith("pread") || name.startsWith("recv"));
    }

    boolean isWrite() {
      return result > 0
          && (name.startsWith("write") || name.startsWith("pwrite") || name.startsWith("send"));
    }
  }

  /** The calls to be traced. */
  static final String CALLS =
      "fdatasync,fsync,read,readv,pread64,recvfrom,recvmsg,write,writev,pwrite64,sendto,sendmsg";

  private record Begun(String text, int line) {}

  static SystemCallTrace read(Path file) throws IOException {
    List<Call> calls = new ArrayList<>();
    Map<String, Begun> begun = new HashMap<>();
    int number = 0;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
          continue;
        }
        String thread = parts.group(1);
        String text = parts.group(2);
        Matcher resumed = RESUMED.matcher(text);
        if (text.endsWith(UNFINISHED)) {
          String first = text.substring(0, text.length() - UNFINISHED.length());
          begun.put(thread, new Begun(first, number));
        } else if (resumed.matches() && begun.containsKey(thread)) {
          Begun before = begun.get(thread);
          add(calls, before.text() + resumed.group(2), before.line(), number);
        } else {
          add(calls, text, number, number);
        }
      }
    }
    return new SystemCallTrace(calls);
  }

  private static void add(List<Call> calls, String text, int entered, int left) {
    Matcher call = CALL.matcher(text);
    Matcher result = RESULT.matcher(text.substring(Math.max(0, text.length() - 120)));
    if (!call.matches() || !result.matches()) {
      return; // a signal, an exit, or a call that never returned
    }
    long value = Long.parseLong(result.group(1));
    Octets all = strings(call.group(4));
    Octets octets = value >= 0 && value < all.size() ? all.slice(0, (int) value) : all;
    String path = call.group(3) == null ? "" : path(call.group(3));
    int descriptor = Integer.parseInt(call.group(2));
    calls.add(new Call(call.group(1), descriptor, path, octets, entered, left, value));
  }

  private static String path(String text) {
    return text.startsWith("\\x")
        ? new String(unescape(text).toByteArray(), StandardCharsets.UTF_8)
        : text;
  }

  /** All strings of the arguments one after the other: a gathering write has several. */
  private static Octets strings(String arguments) {
    StringBuilder all = new StringBuilder();
    int from = arguments.indexOf('"');
    while (from >= 0) {
      int to = arguments.indexOf('"', from + 1);
      if (to < 0) {
        break;
      }
      all.append(arguments, from + 1, to);
      from = arguments.indexOf('"', to + 1);
    }
    return unescape(all.toString());
  }

  /** Text of the form {@code \x01\x02}. */
  private static Octets unescape(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 4);
    for (int i = 0; i + 4 <= text.length(); i += 4) {
      int high = Character.digit(text.charAt(i + 2), 16);
      bytes.write(high << 4 | Character.digit(text.charAt(i + 3), 16));
    }
    return Octets.wrap(bytes.toByteArray());
  }
}
