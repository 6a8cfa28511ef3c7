package io.streamforge.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger sends cannot write a line of its own into a log, or to a terminal. */
class LogFormatTest {
  private static final String HOSTILE =
      "lost \r\n2026-01-01 00:00:00,000 ERROR forged \u001b[2J\u001b]0;title\u0007 \u0085 \u009b31m \u0000 end";

  @TempDir Path folder;

  private String format(String file, String message, Throwable failure) throws Exception {
    System.setProperty("log.file", folder.resolve("log").toString());
    File properties = Path.of("..", "..", "flink-conf", file).toFile();
    try (LoggerContext context = new LoggerContext("test")) {
      Configuration configuration =
          new PropertiesConfigurationFactory()
              .getConfiguration(
                  context,
                  new ConfigurationSource(properties.toURI().toURL().openStream(), properties));
      context.start(configuration);
      return new String(
          configuration
              .getAppenders()
              .values()
              .iterator()
              .next()
              .getLayout()
              .toByteArray(
                  Log4jLogEvent.newBuilder()
                      .setLoggerName("io.streamforge.Test")
                      .setThreadName("task\nof a topic")
                      .setLevel(Level.WARN)
                      .setMessage(new SimpleMessage(message))
                      .setThrown(failure)
                      .build()),
          StandardCharsets.UTF_8);
    } finally {
      System.clearProperty("log.file");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"log4j.properties", "log4j-console.properties", "log4j-cli.properties"})
  void aMessageIsOneLineWithoutControlCharacters(String file) throws Exception {
    String text = format(file, HOSTILE, null);
    assertThat(text.lines()).hasSize(1);
    assertThat(text.strip()).matches("[^\\p{Cntrl}\\x80-\\x9F]*");
    assertThat(text).contains("lost \\r\\n2026").contains("\\u001B[2J").contains("end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"log4j.properties", "log4j-console.properties", "log4j-cli.properties"})
  void linesOfAStackTraceAreMarked(String file) throws Exception {
    Exception failure =
        new IllegalStateException(HOSTILE, new IllegalArgumentException("cause " + HOSTILE));
    String text = format(file, "failed", failure);
    assertThat(text.lines().filter(line -> line.startsWith("20"))).hasSize(1);
    assertThat(text.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("  | "));
    assertThat(text.replace("\n", "").replace("\t", "")).matches("[^\\p{Cntrl}\\x80-\\x9F]*");
    assertThat(text).contains("java.lang.IllegalStateException: lost").contains("\tat ");
    assertThat(text.split("Caused by", -1)).hasSize(2);
  }
}
