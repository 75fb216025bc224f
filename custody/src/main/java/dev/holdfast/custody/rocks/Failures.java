package dev.holdfast.custody.rocks;

import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Failures of the database and of files, told apart as {@link StoreException} does. */
final class Failures {
  private Failures() {}

  static StoreException of(Path where, String doing, RocksDBException cause) {
    Status status = cause.getStatus();
    Kind kind = status == null ? kind(cause.getMessage()) : kind(status, cause.getMessage());
    return failure(kind, where, doing, cause.getMessage(), cause);
  }

  static StoreException of(Path where, String doing, IOException cause) {
    return failure(kind(cause.getMessage()), where, doing, cause.toString(), cause);
  }

  static StoreException full(Path where, long left, long reserve) {
    return new StoreException(
        Kind.FULL,
        where
            + ": "
            + left
            + " bytes are left on the disk, "
            + reserve
            + " are kept in reserve; free space or wait until bundles leave");
  }

  private static StoreException failure(
      Kind kind, Path where, String doing, @Nullable String message, Exception cause) {
    String advice =
        switch (kind) {
          case FULL -> "the disk is full; free space or wait until bundles leave";
          case LOCKED -> "another process has it; stop that gateway or give this one a directory";
          case CORRUPT -> "bytes on disk are damaged; run `holdfast store verify`";
          case FORMAT -> "it was written by a newer gateway; use that one";
          case FAILED -> "the disk or the database failed";
        };
    return new StoreException(
        kind, where + ": " + doing + ": " + advice + " (" + message + ")", cause);
  }

  private static Kind kind(Status status, @Nullable String message) {
    if (status.getSubCode() == Status.SubCode.NoSpace) {
      return Kind.FULL;
    }
    return switch (status.getCode()) {
      case Corruption -> kind(message) == Kind.FULL ? Kind.FULL : Kind.CORRUPT;
      case NotSupported -> Kind.FORMAT;
      case IOError,
          Ok,
          NotFound,
          InvalidArgument,
          MergeInProgress,
          Incomplete,
          ShutdownInProgress,
          TimedOut,
          Aborted,
          Busy,
          Expired,
          TryAgain,
          Undefined ->
          kind(message);
    };
  }

  private static Kind kind(@Nullable String message) {
    String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("disk quota exceeded")) {
      return Kind.FULL;
    }
    if (text.contains("/lock: ") || text.contains("lock hold by")) {
      return Kind.LOCKED;
    }
    if (text.contains("column families not opened")) {
      return Kind.FORMAT;
    }
    return text.contains("corrupt") ? Kind.CORRUPT : Kind.FAILED;
  }
}
