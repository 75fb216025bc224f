package dev.holdfast.gateway.config;

/**
 * What is written about the run, always to standard error.
 *
 * @param level error, warn, info, debug or trace; default info. Debug names every bundle
 * @param format text, json, or auto (the default): text on a terminal, JSON lines otherwise
 */
public record LogConfig(Level level, Format format) {
  /** How much. */
  public enum Level {
    /** Only what stops something. */
    ERROR,
    /** Also what may need somebody. */
    WARN,
    /** Also what happens to links and contacts. */
    INFO,
    /** Also what happens to each bundle. */
    DEBUG,
    /** Everything. */
    TRACE
  }

  /** In what form. */
  public enum Format {
    /** Text on a terminal, JSON lines otherwise. */
    AUTO,
    /** Text. */
    TEXT,
    /** One JSON object a line. */
    JSON
  }
}
