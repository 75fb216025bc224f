package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A session told as text. A line beginning with {@code session} sets it up; one beginning with
 * {@code >} is an input; what comes out stands indented below it. {@code #} begins a remark. {@code
 * > +500 …} lets 500 ms go by first.
 */
final class Transcript {
  private final List<String> lines = new ArrayList<>();
  private TcpclParameters own = TcpclParameters.of(TcpclParameters.Role.ACTIVE, NodeId.ipn(1));
  private boolean admits = true;
  private TcpclSession session = new TcpclSession(own);
  private PeerBytes ours = new PeerBytes(false);
  private PeerBytes theirs = new PeerBytes(false);
  private long now = 1_000;
  private long unwritten;
  private OptionalLong deadline = OptionalLong.empty();

  /** The same transcript with what comes out now. */
  static List<String> replay(List<String> file) {
    Transcript transcript = new Transcript();
    for (String line : file) {
      if (line.startsWith("  ")) {
        continue;
      }
      transcript.lines.add(line);
      if (line.startsWith("session ")) {
        transcript.begin(Words.of(line));
      } else if (line.startsWith("> ")) {
        transcript.input(line.substring(2).trim());
      }
    }
    return transcript.lines;
  }

  private void begin(Words words) {
    own = parameters(words);
    boolean lengthInEverySegment = own.allows(Leniency.LENGTH_IN_EVERY_SEGMENT);
    admits = !words.has("asks");
    session = new TcpclSession(own);
    ours = new PeerBytes(lengthInEverySegment);
    theirs = new PeerBytes(lengthInEverySegment);
    now = 1_000;
    unwritten = 0;
    deadline = OptionalLong.empty();
  }

  private static TcpclParameters parameters(Words words) {
    TcpclLimits d = TcpclLimits.DEFAULT;
    TcpclLimits limits =
        new TcpclLimits(
            words.number("segment-mru", 100_000),
            words.number("transfer-mru", 1_000_000),
            d.nodeIdBytes(),
            d.extensionBytes(),
            (int) words.number("open-transfers", 100),
            (int) words.number("queued", 100),
            (int) words.number("unacked", 100),
            words.number("unacked-bytes", 1_000_000),
            (int) words.number("unwritten", 100_000),
            (int) words.number("violations", 10),
            d.minPeerSegmentMru());
    Set<Leniency> leniencies = EnumSet.noneOf(Leniency.class);
    if (words.values().containsKey("lenient")) {
      Arrays.stream(words.text("lenient", "").split(","))
          .map(name -> Leniency.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
          .forEach(leniencies::add);
    }
    Octets extension = Octets.ofHex(words.text("extension", ""));
    return new TcpclParameters(
        words.has("active") ? TcpclParameters.Role.ACTIVE : TcpclParameters.Role.PASSIVE,
        node(words.text("node", "ipn:1.0")),
        Optional.ofNullable(words.values().get("expected")).map(Transcript::node),
        (int) words.number("keepalive", 30),
        TlsPolicy.valueOf(words.text("tls", "never").toUpperCase(Locale.ROOT)),
        extension.isEmpty() ? List.of() : List.of(new ExtensionItem(false, 0x8000, extension)),
        leniencies,
        new TcpclParameters.Pace(
            (int) words.number("segment", 50_000), (int) words.number("window", 200_000)),
        words.number("contact", 5_000),
        words.number("drain", 8_000),
        words.number("idle", 0),
        limits);
  }

  private static NodeId node(String text) {
    return new NodeId(Eids.parse(text).orElseThrow());
  }

  private void input(String line) {
    String rest = line;
    if (rest.startsWith("+")) {
      int space = rest.indexOf(' ');
      now += Long.parseLong(rest.substring(1, space));
      rest = rest.substring(space + 1);
    }
    List<TcpclInput> inputs = new ArrayList<>();
    for (String part : rest.split(" & ")) {
      inputs.add(one(part.trim()));
    }
    turn(inputs);
    if (!session.nextDeadline().equals(deadline)) {
      deadline = session.nextDeadline();
      String at = deadline.isPresent() ? "in " + (deadline.getAsLong() - now) + " ms" : "never";
      lines.add("  (next deadline " + at + ")");
    }
  }

  private void turn(List<TcpclInput> inputs) {
    for (TcpclOutput output : session.on(now, inputs)) {
      show(output);
      if (output instanceof TcpclOutput.PeerKnown && admits) {
        turn(List.of(new TcpclInput.Admit(own), new TcpclInput.Received(Octets.EMPTY)));
      }
    }
  }

  private TcpclInput one(String line) {
    Words words = Words.of(line);
    return switch (words.word(0)) {
      case "connected" -> new TcpclInput.Connected();
      case "admit" -> new TcpclInput.Admit(parameters(words));
      case "tls-established" -> new TcpclInput.TlsEstablished();
      case "peer" -> {
        List<Octets> messages = new ArrayList<>();
        for (String message : line.substring("peer".length()).split(";")) {
          if (message.isBlank()) {
            continue;
          }
          messages.add(theirs.encode(message.trim()));
        }
        yield new TcpclInput.Received(Octets.concat(messages));
      }
      case "written" -> {
        long bytes = words.has("all") ? unwritten : words.number("bytes", 0);
        unwritten -= bytes;
        yield new TcpclInput.Written(bytes);
      }
      case "send" -> {
        int first = (int) words.number("first", 0);
        List<Octets> bytes = first == 0 ? List.of() : List.of(Octets.wrap(new byte[first]));
        yield new TcpclInput.Send(words.number("token", 0), words.number("length", first), bytes);
      }
      case "data" ->
          new TcpclInput.Data(
              words.number("token", 0), Octets.wrap(new byte[(int) words.number("size", 0)]));
      case "unavailable" -> new TcpclInput.DataUnavailable(words.number("token", 0));
      case "withdraw" -> new TcpclInput.Withdraw(words.number("token", 0));
      case "accept" -> new TcpclInput.Accepted(new TransferId(words.number("id", 0)));
      case "refuse" ->
          new TcpclInput.Refused(
              new TransferId(words.number("id", 0)), XferRefuseReason.valueOf(words.word(1)));
      case "terminate" ->
          new TcpclInput.Terminate(
              SessTermReason.valueOf(words.word(1)), words.number("drain", 8_000));
      case "pace" ->
          new TcpclInput.SetPace(
              new TcpclParameters.Pace(
                  (int) words.number("segment", 1), (int) words.number("window", 1)));
      case "reading" -> new TcpclInput.Reading(words.has("paused"));
      case "tick" -> new TcpclInput.Tick();
      case "lost" -> new TcpclInput.ConnectionLost();
      default -> throw new IllegalArgumentException("no such input: " + line);
    };
  }

  private void show(TcpclOutput output) {
    switch (output) {
      case TcpclOutput.Write(var parts, int size) -> {
        unwritten += size;
        Octets all = Octets.concat(parts);
        if (all.size() != size) {
          throw new AssertionError(all.size() + " bytes, said to be " + size);
        }
        ours.decode(all).forEach(message -> lines.add("  writes " + message));
      }
      case TcpclOutput.StartTls(boolean client) ->
          lines.add("  start TLS as " + (client ? "client" : "server"));
      case TcpclOutput.PeerKnown(var peer) -> lines.add("  peer known " + peer);
      case TcpclOutput.Established(var peer) -> lines.add("  established " + peer);
      case TcpclOutput.TransferStarted(var id, var length) ->
          lines.add("  transfer " + id + " started, length " + length);
      case TcpclOutput.TransferData(var id, var octets) ->
          lines.add("  transfer " + id + " data " + octets.size());
      case TcpclOutput.TransferEnded(var id, long length) ->
          lines.add("  transfer " + id + " ended, length " + length);
      case TcpclOutput.TransferAborted(var id) -> lines.add("  transfer " + id + " aborted");
      case TcpclOutput.Violation(var fault) -> lines.add("  violation: " + fault);
      case TcpclOutput.CloseConnection(String cause) -> lines.add("  close: " + cause);
      case TcpclOutput.NeedData _,
          TcpclOutput.TransferSent _,
          TcpclOutput.TransferAcked _,
          TcpclOutput.TransferRefused _,
          TcpclOutput.TransferLost _,
          TcpclOutput.Rejected _,
          TcpclOutput.Terminated _ ->
          lines.add("  " + output);
    }
  }
}
