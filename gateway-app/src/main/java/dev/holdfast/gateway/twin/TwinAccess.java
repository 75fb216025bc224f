package dev.holdfast.gateway.twin;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The way to the twins.
 *
 * @param asks asks; the answer comes once what it tells of is durable, on a thread on which nothing
 *     may wait
 * @param feed which things changed
 */
public record TwinAccess(
    Function<TwinRequest, CompletableFuture<TwinAnswer>> asks, TwinFeed feed) {}
