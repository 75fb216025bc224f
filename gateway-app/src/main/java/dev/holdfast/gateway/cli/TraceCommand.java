package dev.holdfast.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast trace}: link traces and captures as files. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Look at link traces and captures: check, show, convert.",
    commandListHeading = "%nCommands:%n",
    description = {
      "",
      "Formats: linktrace (Holdfast's own text), one (connections of the ONE simulator), mahimahi"
          + " (packet opportunities of one link), csv (from,to,start_s,end_s,rate_bytes_per_s,owlt_s"
          + " by start), plan (a contact plan in any format, its links as they should be), pcap"
          + " (pcap or pcapng with TCPCLv4, MTCP or UDPCL). The content tells which it is.",
      "",
      "A trace is read as a stream: it may have any length."
    },
    subcommands = {TraceCheckCommand.class, TraceShowCommand.class, TraceConvertCommand.class})
public final class TraceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
