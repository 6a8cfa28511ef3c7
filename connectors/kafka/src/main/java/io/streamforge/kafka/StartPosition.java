package io.streamforge.kafka;

import io.streamforge.settings.SettingsException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Where a job without state begins to read. */
public final class StartPosition {
  private StartPosition() {}

  /**
   * Reads a position.
   *
   * @param key of the setting that says it
   * @param text earliest, latest, committed (earliest where nothing is committed), or an instant
   * @throws SettingsException if it is something else
   */
  @SuppressWarnings("deprecation") // the connector's interface asks for Kafka's deprecated class
  public static OffsetsInitializer parse(String key, String text) {
    return switch (text) {
      case "earliest" -> OffsetsInitializer.earliest();
      case "latest" -> OffsetsInitializer.latest();
      case "committed" -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      default -> OffsetsInitializer.timestamp(millis(key, text));
    };
  }

  private static long millis(String key, String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw SettingsException.of(
          key, text, "earliest, latest, committed or a time such as 2026-08-01T00:00:00Z");
    }
  }
}
