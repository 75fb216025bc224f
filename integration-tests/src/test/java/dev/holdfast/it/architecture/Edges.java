package dev.holdfast.it.architecture;

import java.util.List;
import java.util.Optional;

/**
 * What may be called only at the edge, and where that edge is. To let a new place in, add a line
 * with its reason; better, take the thing from a port or a parameter.
 */
final class Edges {
  /**
   * A ban.
   *
   * @param what the banned names: {@code type#member}, {@code type#*}, {@code package.*} for all
   *     below it
   * @param instead what to do
   * @param places where it is allowed all the same
   */
  record Ban(List<String> what, String instead, List<Place> places) {}

  /**
   * A place where a ban does not hold.
   *
   * @param name a class, or all classes of and below a package if it ends in {@code .*}
   * @param reason why it is allowed there
   */
  record Place(String name, String reason) {}

  private static final String G = "dev.holdfast.gateway.";

  static final List<Ban> TABLE =
      List.of(
          new Ban(
              List.of(
                  "java.time.Instant#now",
                  "java.time.LocalDate#now",
                  "java.time.LocalDateTime#now",
                  "java.time.OffsetDateTime#now",
                  "java.time.ZonedDateTime#now",
                  "java.time.Clock#system",
                  "java.time.Clock#systemUTC",
                  "java.time.Clock#systemDefaultZone",
                  "java.time.Clock#tick",
                  "java.time.InstantSource#system",
                  "java.lang.System#nanoTime",
                  "java.lang.System#currentTimeMillis"),
              "take the time from the event, or from GatewayClock at the edge",
              List.of(place(G + "clock.*", "the one place that asks the machine for the time"))),
          new Ban(
              List.of(
                  "java.util.Random#<init>",
                  "java.util.SplittableRandom#<init>",
                  "java.util.concurrent.ThreadLocalRandom#*",
                  "java.security.SecureRandom#*",
                  "java.util.UUID#randomUUID",
                  "java.lang.Math#random"),
              "take it from Entropy",
              List.of(place(G + "clock.*", "the secure and the seeded form of Entropy"))),
          new Ban(
              List.of("java.lang.Thread#sleep", "java.util.concurrent.TimeUnit#sleep"),
              "wait for the event, or for a deadline with a bounded queue poll",
              List.of()),
          new Ban(
              List.of(
                  "java.net.*",
                  "java.nio.channels.SocketChannel#*",
                  "java.nio.channels.ServerSocketChannel#*",
                  "java.nio.channels.DatagramChannel#*"),
              "sockets live in links, the API and commands",
              List.of(
                  place(G + "link.stream.*", "what links over TCP share"),
                  place(G + "link.tcpcl.*", "TCPCLv4 sockets around the session of bpv7"),
                  place(G + "link.mtcp.*", "MTCP sockets"),
                  place(G + "link.udpcl.*", "datagrams with a bundle each"),
                  place(G + "api.*", "the HTTP API"),
                  place(G + "cli.*", "commands are clients of the API"),
                  place(G + "bench.*", "load and floors over loopback"),
                  place(G + "demo.*", "starts gateways and talks to them"),
                  place(G + "linkem.*", "the link emulator is a relay of sockets"))),
          new Ban(
              List.of("org.rocksdb.*"),
              "talk to the BundleStore port",
              List.of(place("dev.holdfast.custody.rocks.*", "the one place that knows RocksDB"))),
          new Ban(
              List.of("org.orekit.*", "org.hipparchus.*"),
              "ask contacts.orbit",
              List.of(
                  place("dev.holdfast.contacts.orbit.EarthModel", "the one that knows Orekit"))),
          new Ban(
              List.of("dev.holdfast.contacts.orbit.*", G + "orbit.*"),
              "a gateway that runs reads plans; only the command generates them",
              List.of(
                  place("dev.holdfast.contacts.orbit.*", "itself"),
                  place(G + "orbit.*", "reads what a plan is generated from"),
                  place(G + "cli.PlanGeneration", "what the command does"),
                  place(G + "cli.PlanSummary", "what the command tells"))),
          new Ban(
              List.of("java.lang.System#exit", "java.lang.Runtime#halt", "java.lang.Runtime#exit"),
              "return an exit code",
              List.of(place(G + "Main", "the process ends in one place"))),
          new Ban(
              List.of(
                  "java.util.Set#of",
                  "java.util.Set#copyOf",
                  "java.util.Map#of",
                  "java.util.Map#ofEntries",
                  "java.util.Map#copyOf",
                  "java.util.stream.Collectors#toSet",
                  "java.util.stream.Collectors#toUnmodifiableSet",
                  "java.util.stream.Collectors#toUnmodifiableMap"),
              "their order changes from run to run: use List, LinkedHashMap, TreeMap or EnumMap",
              List.of()),
          new Ban(
              List.of(
                  "java.lang.reflect.*", "java.lang.Class#forName", "java.util.ServiceLoader#*"),
              "compose by constructor",
              List.of()),
          new Ban(
              List.of("java.lang.UnsupportedOperationException#<init>"),
              "model what is possible, and nothing else",
              List.of()));

  /** Packages that decide and never do: no files, threads, locks or timers. */
  static final List<String> PURE =
      List.of(
          "dev.holdfast.bpv7",
          "dev.holdfast.contacts",
          "dev.holdfast.crdt",
          G + "turn",
          G + "procedure",
          G + "schedule",
          G + "node");

  /** Classes inside pure packages that are the edge all the same. */
  static final List<Place> NOT_PURE =
      List.of(
          place(G + "node.NodeLoop", "the one thread around the pure node"),
          place(G + "node.CommitLoop", "the one thread that writes and then speaks"),
          place(G + "node.Effects", "carries out what a turn decided, on threads of its own"));

  static final Ban IMPURE =
      new Ban(
          List.of(
              "java.io.File#*",
              "java.io.FileInputStream#*",
              "java.io.FileOutputStream#*",
              "java.io.RandomAccessFile#*",
              "java.io.PrintStream#*",
              "java.nio.file.*",
              "java.nio.channels.*",
              "java.lang.Thread#*",
              "java.lang.Process#*",
              "java.lang.ProcessBuilder#*",
              "java.util.Timer#*",
              "java.util.concurrent.*",
              "org.slf4j.*"),
          "return a value that says what is to be done, and let the edge do it",
          NOT_PURE);

  private Edges() {}

  /** The banned name that covers the member, if any does. */
  static Optional<String> match(Ban ban, String type, String member) {
    return ban.what().stream()
        .filter(
            name ->
                name.endsWith(".*")
                    ? type.startsWith(name.substring(0, name.length() - 1))
                    : name.endsWith("#*")
                        ? type.equals(name.substring(0, name.length() - 2))
                        : name.equals(type + "#" + member))
        .findFirst();
  }

  /** Whether the class with that full name is one of the places. */
  static boolean isAmong(List<Place> places, String className) {
    return places.stream()
        .map(Place::name)
        .anyMatch(
            name ->
                name.endsWith(".*")
                    ? className.startsWith(name.substring(0, name.length() - 1))
                    : className.equals(name) || className.startsWith(name + "$"));
  }

  private static Place place(String name, String reason) {
    return new Place(name, reason);
  }
}
