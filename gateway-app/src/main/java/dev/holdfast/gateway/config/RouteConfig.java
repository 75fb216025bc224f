package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.gateway.link.LinkId;

/**
 * Where bundles go whatever the plan says.
 *
 * @param to destinations: {@code ipn:3.*}, {@code dtn://mars/**}, {@code *:**} for all
 * @param via the name of a link
 */
public record RouteConfig(EidPattern to, LinkId via) {}
