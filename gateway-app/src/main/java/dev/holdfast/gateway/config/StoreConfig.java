package dev.holdfast.gateway.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is held and how much.
 *
 * @param directory where the bundles are; relative to the configuration file. No default. One
 *     gateway at a time; moving it means moving the files while the gateway is stopped
 * @param maxBytes most bundle bytes held; default 64GiB. Lower: links refuse and the API says 507
 *     sooner. Higher: the disk must really have it, with a tenth to spare for the database
 * @param maxBundles most bundles held; default 10000000. Each costs some 300 bytes on disk beside
 *     its own bytes, and nothing in memory
 * @param maxLifetime longest time a bundle is held whatever its lifetime says; default 0s, which
 *     means no cut. Lower: room is found again sooner, and what waits longer is lost with a
 *     deletion report
 * @param spoolThreshold payloads above this are written to disk while they arrive instead of being
 *     gathered in memory; default 256KiB, from 4KiB to 16MiB. Higher: fewer files, but every
 *     transfer in progress may take that much memory. Lower: less memory, one more sync for each
 *     such bundle
 * @param loadedPerQueue most bundles of one queue that are known in memory; default 1024, from 16
 *     to 1000000. Higher: fewer reads of the store while a contact is open; some 500 bytes each
 * @param rememberFor longest time a bundle that was delivered, expired or cancelled is remembered,
 *     so that its return is a duplicate; default 0s, which means until it would have expired.
 *     Lower: less disk, and an old copy may be delivered again
 * @param minFree space that is left free on the disk: below it no bundle is accepted, so that
 *     letting go of bundles still works; default 128MiB
 * @param cache memory for what is read from the store again and again; default 48MiB, from 1MiB. It
 *     is outside of the Java heap. Lower: long queues are read more slowly
 * @param maxRemembered most records of bundles that are gone, each of up to 256 consecutive
 *     sequence numbers and some 100 bytes on disk; default 10000000. Beyond it the oldest go, and
 *     an old copy of such a bundle would be delivered again
 */
public record StoreConfig(
    Path directory,
    long maxBytes,
    long maxBundles,
    Duration maxLifetime,
    long spoolThreshold,
    int loadedPerQueue,
    Duration rememberFor,
    long minFree,
    long cache,
    long maxRemembered) {}
