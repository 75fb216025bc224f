package dev.holdfast.gateway.bench;

/** A benchmark that cannot go on: what could not be measured, and why. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
