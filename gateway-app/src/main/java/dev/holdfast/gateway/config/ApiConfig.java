package dev.holdfast.gateway.config;

import java.util.Optional;

/**
 * The HTTP interface.
 *
 * @param address where it listens; default 127.0.0.1:8480, {@code off} for not at all. It asks
 *     nobody who they are, so an address that the network can reach is refused
 * @param maxUpload largest payload that may be submitted; default 4GiB, from 1KiB. Beyond it the
 *     answer is 413
 * @param metrics whether {@code /metrics} is served; default true
 * @param journal how many events are kept for {@code /api/v1/events}; default 1000, from 100 to
 *     1000000, some 200 bytes of memory each. Fewer: a reader that comes late misses more, and is
 *     told how many. More: longer pauses for garbage collection under load
 */
public record ApiConfig(Optional<HostPort> address, long maxUpload, boolean metrics, int journal) {}
