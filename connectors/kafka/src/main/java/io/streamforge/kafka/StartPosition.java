package io.streamforge.kafka;

import io.streamforge.kafka.log.StartOffsets;
import io.streamforge.settings.SettingsException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

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
  public static StartOffsets parse(String key, String text) {
    return switch (text) {
      case "earliest" -> StartOffsets.earliest();
      case "latest" -> StartOffsets.latest();
      case "committed" -> StartOffsets.committed();
      default -> StartOffsets.since(millis(key, text));
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
