package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.TrafficClass;
import java.time.Duration;

/**
 * What a submitted bundle gets when its sender does not say.
 *
 * @param lifetime how long it is of use; default 1d, from 1ms. Shorter than the wait for the next
 *     contact: it expires here
 * @param hopLimit most hops, 1..255; default 64, 0 for no limit. It ends the journey of a bundle
 *     that two plans send in circles
 * @param trafficClass (key {@code class}) bulk, normal, expedited or urgent; default normal
 */
public record DefaultsConfig(Duration lifetime, int hopLimit, TrafficClass trafficClass) {}
