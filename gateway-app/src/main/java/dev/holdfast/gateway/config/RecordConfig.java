package dev.holdfast.gateway.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether what happens on links is recorded as a link trace, which {@code holdfast replay} reads.
 *
 * @param directory where to; default none, then nothing is recorded. Some 80 bytes are written for
 *     every bundle that crosses
 * @param fileBytes when a file is ended and the next begun, in bytes; default 16 MiB
 * @param files how many are kept, the newest; default 8
 */
public record RecordConfig(Optional<Path> directory, long fileBytes, int files) {}
