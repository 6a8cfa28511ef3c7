package io.streamforge.marketgraph;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Reads {@code source.start}. */
final class StartPosition {
  private StartPosition() {}

  @SuppressWarnings("deprecation") // the connector's interface asks for Kafka's deprecated class
  static OffsetsInitializer parse(String text) {
    return switch (text) {
      case "earliest" -> OffsetsInitializer.earliest();
      case "latest" -> OffsetsInitializer.latest();
      case "committed" -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      default -> OffsetsInitializer.timestamp(millis(text));
    };
  }

  private static long millis(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw SettingsException.of(
          StreamForgeOptions.START.key(),
          text,
          "earliest, latest, committed or a time such as 2026-08-01T00:00:00Z");
    }
  }
}
