package dev.holdfast.gateway.clock;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the machine tells its time.
 *
 * @param nanos a counter that only goes on; may stand still while the machine sleeps
 * @param unixMillis the wall clock; may jump
 * @param uptimeNanos time since boot, sleep included, coarse; empty where the system does not tell
 * @param bootId identity of the boot
 */
record MachineTime(
    LongSupplier nanos, LongSupplier unixMillis, Supplier<OptionalLong> uptimeNanos, long bootId) {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /**
   * This machine. Where the system does not tell its boot, every start of the gateway counts as
   * one: residence times are then told by the wall clock, as after a real boot.
   */
  static MachineTime here() {
    return new MachineTime(
        System::nanoTime, System::currentTimeMillis, MachineTime::readUptime, readBootId());
  }

  private static OptionalLong readUptime() {
    try {
      String text = Files.readString(UPTIME);
      return OptionalLong.of(
          new BigDecimal(text.substring(0, text.indexOf(' '))).movePointRight(9).longValueExact());
    } catch (IOException | RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  private static long readBootId() {
    try {
      UUID id = UUID.fromString(Files.readString(BOOT_ID).strip());
      return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    } catch (IOException | IllegalArgumentException e) {
      return new SecureRandom().nextLong();
    }
  }
}
