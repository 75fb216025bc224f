package dev.holdfast.gateway.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.io.StringWriter;
import java.util.List;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One JSON object a line for each event. */
final class JsonLines extends LayoutBase<ILoggingEvent> {
  private final JsonFactory json = new JsonFactory();
  private final ThrowableProxyConverter stack = new ThrowableProxyConverter();

  @Override
  public void start() {
    stack.start();
    super.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), line)) {
      out.writeStartObject();
      out.writeStringProperty("time", event.getInstant().toString());
      out.writeStringProperty(
          "level", event.getLevel().toString().toLowerCase(java.util.Locale.ROOT));
      out.writeStringProperty("logger", event.getLoggerName());
      out.writeStringProperty("message", event.getFormattedMessage());
      List<KeyValuePair> pairs = event.getKeyValuePairs();
      if (pairs != null) {
        for (KeyValuePair pair : pairs) {
          out.writeStringProperty(pair.key, String.valueOf(pair.value));
        }
      }
      if (event.getThrowableProxy() != null) {
        out.writeStringProperty("stack", stack.convert(event));
      }
      out.writeEndObject();
    }
    return line.append('\n').toString();
  }
}
