package dev.holdfast.contacts.format;

import java.util.List;

/**
 * A plan as text, and what that text does not say as the plan does.
 *
 * @param text the whole file
 * @param losses one line each, of what was rounded or left out and how often; empty if reading the
 *     text gives the same plan
 */
public record Printed(String text, List<String> losses) {
  /** Keeps its own copy. */
  public Printed {
    losses = List.copyOf(losses);
  }
}
