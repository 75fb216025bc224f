package dev.holdfast.contacts.trace;

/**
 * What a trace says of one directed link in all.
 *
 * @param from the sending node's name
 * @param to the receiving node's name
 * @param ups how often it went up
 * @param upNanos how long it was up, until the last event of the trace if it still was then
 * @param resets how often its session broke off
 * @param rateBytes what its rates could have carried while it was up, as far as a rate was said
 * @param opportunityBytes what its opportunities could have carried
 * @param transfers bundles that were seen crossing
 * @param transferBytes their bytes
 */
public record LinkSummary(
    String from,
    String to,
    long ups,
    long upNanos,
    long resets,
    long rateBytes,
    long opportunityBytes,
    long transfers,
    long transferBytes) {
  /** What could have been carried, as far as that was said. */
  public long volumeBytes() {
    return rateBytes + opportunityBytes;
  }
}
