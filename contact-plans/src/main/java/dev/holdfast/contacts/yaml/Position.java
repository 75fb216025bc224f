package dev.holdfast.contacts.yaml;

/**
 * A place in a text file.
 *
 * @param line 1 or more
 * @param column 1 or more
 */
public record Position(int line, int column) implements Comparable<Position> {
  @Override
  public int compareTo(Position other) {
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
