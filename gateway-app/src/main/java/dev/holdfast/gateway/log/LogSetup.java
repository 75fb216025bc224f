package dev.holdfast.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.holdfast.gateway.config.LogConfig;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log. Found by the logging library at its start (warnings as text, for commands), and
 * called again by the service with its configuration.
 *
 * <p>Whether standard error is a terminal is told by the launcher in the system property {@code
 * holdfast.terminal}; Java itself cannot say.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  /** Called by the logging library. */
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (LogSetup.class.getClassLoader().getResource("logback-test.xml") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    apply(context, new LogConfig(LogConfig.Level.WARN, LogConfig.Format.AUTO));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Logs as configured from now on. */
  public static void apply(LogConfig config) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      apply(context, config);
    }
  }

  private static void apply(LoggerContext context, LogConfig config) {
    boolean text =
        switch (config.format()) {
          case TEXT -> true;
          case JSON -> false;
          case AUTO -> Boolean.getBoolean("holdfast.terminal");
        };
    Layout<ILoggingEvent> layout = text ? new TextLines() : new JsonLines();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(Level.toLevel(config.level().name()));
    // The web server has much to say about itself that nobody here needs; what fails in it is told
    // by whoever called it.
    boolean everything = config.level() == LogConfig.Level.TRACE;
    context.getLogger("org.eclipse.jetty").setLevel(everything ? Level.DEBUG : Level.WARN);
    context.getLogger("io.javalin").setLevel(everything ? Level.DEBUG : Level.OFF);
  }
}
