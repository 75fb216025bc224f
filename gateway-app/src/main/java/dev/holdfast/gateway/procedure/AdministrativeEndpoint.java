package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.admin.AdministrativeRecord;
import dev.holdfast.bpv7.admin.AdministrativeRecords;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.Turn;
import java.util.Optional;

/** The node's own endpoint: takes administrative records (RFC 9171 §6). */
final class AdministrativeEndpoint {
  private final Exchange exchange;

  /** An endpoint where neighbours tell what they have. */
  AdministrativeEndpoint(Exchange exchange) {
    this.exchange = exchange;
  }

  void consume(Turn turn, Fresh fresh) {
    if (fresh.payload() instanceof Payload.Inline(Octets payload)
        && exchange.heard(turn, fresh, payload)) {
      return;
    }
    String text =
        switch (fresh.payload()) {
          case Payload.Inline(Octets bytes) ->
              fresh.head().primary().flags().has(BundleFlags.ADMIN_RECORD)
                  ? read(bytes)
                  : "not a record: nothing here takes it";
          case Payload.Spooled spooled -> {
            turn.then(new Effect.Discard(spooled));
            yield "no record is that long";
          }
        };
    turn.note(Kind.REPORT, Optional.empty(), Optional.of(fresh.head().id()), text);
  }

  private static String read(Octets bytes) {
    return switch (AdministrativeRecords.decode(bytes, ReadOptions.STRICT)) {
      case Decoded.Valid<AdministrativeRecord>(
              AdministrativeRecord.Unknown(long type, Octets content)) ->
          "record of type %s, %d bytes: nothing here takes it"
              .formatted(Long.toUnsignedString(type), content.size());
      case Decoded.Valid<AdministrativeRecord>(AdministrativeRecord known) -> known.toString();
      case Decoded.Invalid<AdministrativeRecord> bad -> "unreadable record: " + bad.fault();
    };
  }
}
