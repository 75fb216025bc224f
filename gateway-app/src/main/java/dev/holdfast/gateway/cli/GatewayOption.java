package dev.holdfast.gateway.cli;

import picocli.CommandLine.Option;

/** The option that names the gateway, shared by all commands that are its clients. */
public final class GatewayOption {
  @Option(
      names = "--api",
      paramLabel = "URL",
      description =
          "The gateway's HTTP interface (default: ${HOLDFAST_API:-http://127.0.0.1:8480}).",
      defaultValue = "${HOLDFAST_API:-http://127.0.0.1:8480}")
  private String url = "http://127.0.0.1:8480";

  /** Made by the command line. */
  public GatewayOption() {}

  /** A client of it. */
  public ApiClient client() {
    return new ApiClient(url);
  }
}
