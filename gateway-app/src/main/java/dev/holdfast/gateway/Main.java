package dev.holdfast.gateway;

import dev.holdfast.gateway.cli.BenchCommand;
import dev.holdfast.gateway.cli.BundleCommand;
import dev.holdfast.gateway.cli.DemoCommand;
import dev.holdfast.gateway.cli.HoldfastCommand;
import dev.holdfast.gateway.cli.KeysCommand;
import dev.holdfast.gateway.cli.LinkemCommand;
import dev.holdfast.gateway.cli.PingCommand;
import dev.holdfast.gateway.cli.PlanCommand;
import dev.holdfast.gateway.cli.RecvCommand;
import dev.holdfast.gateway.cli.ReplayCommand;
import dev.holdfast.gateway.cli.SendCommand;
import dev.holdfast.gateway.cli.StoreCommand;
import dev.holdfast.gateway.cli.TraceCommand;
import dev.holdfast.gateway.cli.TwinCommand;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.SecureEntropy;
import dev.holdfast.gateway.clock.SystemClock;
import java.util.List;

/** Where the process begins and ends. */
public final class Main {
  private Main() {}

  /** Runs the {@code holdfast} command. */
  public static void main(String[] arguments) {
    System.exit(HoldfastCommand.run(commands(), arguments));
  }

  /** Every subcommand, in the order of the help. */
  static List<Object> commands() {
    GatewayClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 600_000));
    return List.of(
        new RunCommand(),
        new DemoCommand(clock, new SecureEntropy()),
        new SendCommand(clock),
        new RecvCommand(clock),
        new PingCommand(clock, new SecureEntropy()),
        new BundleCommand(),
        new PlanCommand(),
        new TraceCommand(),
        new StoreCommand(),
        new TwinCommand(),
        new KeysCommand(new SecureEntropy()),
        new LinkemCommand(clock),
        new ReplayCommand(clock),
        new BenchCommand(clock));
  }
}
