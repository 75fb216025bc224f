package dev.holdfast.gateway.linkem;

/**
 * What went through a relay so far.
 *
 * @param connections TCP connections taken
 * @param refused TCP connections taken and reset at once: too many, no window, or nobody at the
 *     other end (attempts while the port is closed reach nobody and are not counted)
 * @param cut TCP connections cut at the end of a window
 * @param forward from the connecting side
 * @param backward to it
 */
public record LinkStatistics(
    long connections, long refused, long cut, Direction forward, Direction backward) {

  /**
   * One direction.
   *
   * @param streamBytesTaken TCP bytes that left
   * @param streamBytesDelivered TCP bytes handed to the other end
   * @param streamPacketsLost packets of TCP streams that had to be sent again
   * @param datagramsTaken datagrams that came
   * @param datagramsDelivered datagrams handed to the other end
   * @param datagramsLost datagrams that left and got lost
   * @param datagramsOutside datagrams that came outside a window
   * @param datagramsDropped datagrams for which there was no room
   */
  public record Direction(
      long streamBytesTaken,
      long streamBytesDelivered,
      long streamPacketsLost,
      long datagramsTaken,
      long datagramsDelivered,
      long datagramsLost,
      long datagramsOutside,
      long datagramsDropped) {}

  /** The statistics of a direction. */
  public Direction direction(LinkDirection direction) {
    return switch (direction) {
      case FORWARD -> forward;
      case BACKWARD -> backward;
    };
  }

  /** One line for people. */
  public String line() {
    return "%d connections (%d refused, %d cut); forward %s; backward %s"
        .formatted(connections, refused, cut, words(forward), words(backward));
  }

  private static String words(Direction direction) {
    StringBuilder words = new StringBuilder();
    words
        .append(direction.streamBytesDelivered)
        .append(" of ")
        .append(direction.streamBytesTaken)
        .append(" bytes, ")
        .append(direction.streamPacketsLost)
        .append(" packets lost");
    if (direction.datagramsTaken > 0) {
      words
          .append(", ")
          .append(direction.datagramsDelivered)
          .append(" of ")
          .append(direction.datagramsTaken)
          .append(" datagrams (")
          .append(direction.datagramsLost)
          .append(" lost, ")
          .append(direction.datagramsOutside)
          .append(" outside a window, ")
          .append(direction.datagramsDropped)
          .append(" dropped)");
    }
    return words.toString();
  }
}
