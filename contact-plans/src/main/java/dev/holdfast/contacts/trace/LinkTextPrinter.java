package dev.holdfast.contacts.trace;

import java.math.BigDecimal;

/** Prints the lines of {@link LinkTraceText}. */
final class LinkTextPrinter {
  private LinkTextPrinter() {}

  static void print(TraceEvent event, StringBuilder line) {
    Decimals.appendSeconds(event.nanos(), line);
    line.append(' ').append(event.from()).append('>').append(event.to()).append(' ');
    switch (event.change()) {
      case LinkChange.Up up -> up(up, line);
      case LinkChange.Down(boolean deliversInFlight) ->
          line.append(deliversInFlight ? "down inflight=delivered" : "down inflight=lost");
      case LinkChange.Rate(long bytesPerSecond) -> line.append("rate ").append(bytesPerSecond);
      case LinkChange.Delay(long owltNanos) -> {
        line.append("delay ");
        Decimals.appendSeconds(owltNanos, line);
      }
      case LinkChange.Loss(double probability) ->
          line.append("loss ").append(new BigDecimal(Double.toString(probability)).toPlainString());
      case LinkChange.Reset() -> line.append("reset");
      case LinkChange.Opportunity(long bytes) -> line.append("opportunity ").append(bytes);
      case LinkChange.Transfer(String bundle, long bytes, long endNanos) -> {
        line.append("xfer id=").append(bundle).append(" bytes=").append(bytes).append(" end=");
        Decimals.appendSeconds(endNanos, line);
      }
    }
    line.append('\n');
  }

  private static void up(LinkChange.Up up, StringBuilder line) {
    line.append("up");
    if (up.bytesPerSecond().isPresent()) {
      line.append(" rate=").append(up.bytesPerSecond().getAsLong());
    }
    if (up.owltNanos().isPresent()) {
      line.append(" owlt=");
      Decimals.appendSeconds(up.owltNanos().getAsLong(), line);
    }
  }
}
