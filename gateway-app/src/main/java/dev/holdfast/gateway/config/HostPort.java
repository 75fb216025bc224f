package dev.holdfast.gateway.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP address: {@code 127.0.0.1:4556}, {@code relay.example:4556}, {@code [::1]:4556}. Names are
 * looked up each time it is used.
 *
 * @param host name or address, without brackets
 * @param port 0..65535; 0 lets the system choose, for listeners only
 */
public record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^:\\s\\[\\]/]+)):(\\d{1,5})");

  /**
   * The address that {@code text} spells.
   *
   * @throws IllegalArgumentException if it is none; the message says how to write one
   */
  public static HostPort parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no address; write host:port, such as 127.0.0.1:4556 or [::1]:4556");
    }
    int port = Integer.parseInt(form.group(3));
    if (port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is out of range; from 0 to 65535");
    }
    String bracketed = form.group(1);
    return new HostPort(bracketed != null ? bracketed : form.group(2), port);
  }

  /** Whether nobody but this machine can reach it. */
  public boolean isLoopback() {
    return host.equals("localhost")
        || host.equals("::1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
