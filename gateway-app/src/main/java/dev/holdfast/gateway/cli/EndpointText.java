package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.wire.Parsed;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Refuses an argument that is no endpoint before any gateway is asked; leaves it as it was written.
 */
final class EndpointText implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    return switch (Eids.parse(text)) {
      case Parsed.Good<Eid> _ -> text;
      case Parsed.Bad<Eid> bad ->
          throw new TypeConversionException(
              "'"
                  + text
                  + "' is no endpoint, "
                  + bad.reason()
                  + "; write ipn:3.42 or dtn://mars/in");
    };
  }
}
