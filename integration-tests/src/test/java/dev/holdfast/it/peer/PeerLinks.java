package dev.holdfast.it.peer;

import java.util.Map;
import java.util.Optional;

/**
 * The configuration of our gateway with each of the others as its neighbour, as an operator would
 * write it. A port to dial is given where we are the one that connects.
 */
final class PeerLinks {
  private PeerLinks() {}

  /** We are ipn:1; dtn7-rs is ipn:23, and takes one transfer at a time. */
  static String dtn7RsOverTcpcl(int ours, Optional<Integer> dial) {
    return """
    node: ipn:1
    listen:
      tcpcl:
        address: 127.0.0.1:%d
    links:
      - name: rs
        type: tcpcl
        peer: ipn:23
        schedule: always
        urgentSession: false
        maxTransfers: 1
        leniencies: [primary-integrity, transfer-mru-is-a-wish, foreign-transfer-length]
    %s\
    routes:
      - {to: "ipn:23.*", via: rs}
    """
        .formatted(ours, dialling(dial));
  }

  /** We are dtn://us/; dtn7-go is dtn://go/, and locks up over many transfers at a time. */
  static String dtn7GoOverTcpcl(int ours, Optional<Integer> dial) {
    return """
    node: dtn://us/
    endpoints:
      echo: [dtn://us/echo]
    listen:
      tcpcl:
        address: 127.0.0.1:%d
    links:
      - name: go
        type: tcpcl
        peer: dtn://go/
        schedule: always
        urgentSession: false
        maxTransfers: 16
        leniencies: [length-in-every-segment, interleaved-transfers]
    %s\
    routes:
      - {to: "dtn://go/**", via: go}
    """
        .formatted(ours, dialling(dial));
  }

  /** Nothing acknowledges over MTCP: what has left counts as arrived. */
  /** A node that spreads everything by that method, with a link to each of these nodes. */
  static String spreading(String name, int ours, String method, Map<String, Integer> dialled) {
    StringBuilder text =
        new StringBuilder(
            """
            node: dtn://%s/
            listen:
              tcpcl:
                address: 127.0.0.1:%d
                unknownPeers: accept
            opportunistic:
              policies: [{to: "*:**", method: %s}]
              exchangeEvery: 5s
            links:
            """
                .formatted(name, ours, method));
    dialled.forEach(
        (node, port) ->
            text.append(
                """
                  - name: %s
                    type: tcpcl
                    peer: dtn://%s/
                    dial: 127.0.0.1:%d
                    schedule: always
                    urgentSession: false
                    maxTransfers: 16
                    leniencies: [length-in-every-segment, interleaved-transfers]
                """
                    .formatted(node, node, port)));
    return text.toString();
  }

  static String dtn7RsOverMtcp(int ours, int theirs) {
    return """
    node: ipn:1
    listen:
      mtcp:
        address: 127.0.0.1:%d
    links:
      - name: rs
        type: mtcp
        peer: ipn:23
        schedule: always
        confirmation: assume
        leniencies: [primary-integrity]
    %s\
    routes:
      - {to: "ipn:23.*", via: rs}
    """
        .formatted(ours, dialling(Optional.of(theirs)));
  }

  private static String dialling(Optional<Integer> port) {
    return port.map(
            p -> "    dial: 127.0.0.1:%d\n    backOff: {first: 50ms, max: 500ms}\n".formatted(p))
        .orElse("");
  }
}
