package dev.holdfast.gateway.api;

import dev.holdfast.crdt.twin.Refusal;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.twin.TwinAnswer;
import java.util.Locale;

/** A request that cannot be served: told to the caller as a problem document (RFC 9457). */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What kind of problem, and its status code. */
  enum Kind {
    INVALID(400, "The request cannot be used"),
    FORBIDDEN(403, "Not from here"),
    NOT_FOUND(404, "There is no such thing here"),
    CONFLICT(409, "It does not go with what is there"),
    LENGTH_REQUIRED(411, "The length must be stated"),
    CHANGED(412, "The condition does not hold"),
    TOO_LARGE(413, "The payload is over the limit"),
    UNKNOWN_TYPE(415, "The content type is another one"),
    TOO_MANY(429, "Too many at a time"),
    FAULT(500, "A fault in the gateway itself"),
    STOPPING(503, "The gateway is stopping"),
    NO_SPACE(507, "The store has no room");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    int status() {
      return status;
    }

    String title() {
      return title;
    }

    String type() {
      return "urn:holdfast:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  Problem(Kind kind, String detail) {
    super(detail, null, false, false);
    this.kind = kind;
  }

  static Problem invalid(String detail) {
    return new Problem(Kind.INVALID, detail);
  }

  static Problem of(Answer.Refused refused) {
    Kind kind =
        switch (refused.reason()) {
          case INVALID -> Kind.INVALID;
          case NOT_FOUND -> Kind.NOT_FOUND;
          case NO_SPACE -> Kind.NO_SPACE;
          case STOPPING -> Kind.STOPPING;
        };
    return new Problem(kind, refused.text());
  }

  /** Why a twin is not changed, or not shown. */
  static Problem of(Refusal refusal) {
    Kind kind =
        switch (refusal) {
          case Refusal.NotThere _ -> Kind.NOT_FOUND;
          case Refusal.InvalidValue _,
              Refusal.InvalidPatch _,
              Refusal.TooDeep _,
              Refusal.UnknownSchema _,
              Refusal.Unmapped _ ->
              Kind.INVALID;
          case Refusal.KindChange _,
              Refusal.WrongKind _,
              Refusal.NoObject _,
              Refusal.StockLowered _,
              Refusal.Stale _ ->
              Kind.CONFLICT;
          case Refusal.TooLarge _ -> Kind.TOO_LARGE;
        };
    return new Problem(kind, refusal.text());
  }

  /** Why twins do not answer. */
  static Problem of(TwinAnswer.Failed failed) {
    Kind kind =
        switch (failed.reason()) {
          case INVALID -> Kind.INVALID;
          case NOT_FOUND -> Kind.NOT_FOUND;
          case NO_SPACE -> Kind.NO_SPACE;
          case STOPPING -> Kind.STOPPING;
        };
    return new Problem(kind, failed.text());
  }

  Kind kind() {
    return kind;
  }

  /** The problem document. */
  String document() {
    return Json.object(
        out -> {
          out.writeStringProperty("type", kind.type());
          out.writeStringProperty("title", kind.title());
          out.writeNumberProperty("status", kind.status());
          out.writeStringProperty("detail", String.valueOf(getMessage()));
        });
  }
}
