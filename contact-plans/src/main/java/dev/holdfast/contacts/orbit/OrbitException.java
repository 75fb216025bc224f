package dev.holdfast.contacts.orbit;

/** A scenario from which no plan can be generated: its author's error, in one line. */
public final class OrbitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String node;

  /**
   * What is wrong.
   *
   * @param node the name of the node that it is about; empty if it is about all of the scenario
   * @param what and how to mend it
   */
  public OrbitException(String node, String what) {
    super(what);
    this.node = node;
  }

  OrbitException(String node, String what, Exception cause) {
    super(what, cause);
    this.node = node;
  }

  /** The name of the node that it is about, or empty. */
  public String node() {
    return node;
  }
}
