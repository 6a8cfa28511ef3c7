package io.streamforge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: what a report of a defect needs to say. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties built = new Properties();
    try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
      built.load(file);
    }
    return new String[] {
      "streamforge %s, with Flink %s and Kafka %s, on Java %s"
          .formatted(
              built.get("version"),
              built.get("flink"),
              built.get("kafka"),
              System.getProperty("java.version"))
    };
  }
}
