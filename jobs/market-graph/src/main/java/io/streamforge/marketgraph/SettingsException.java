package io.streamforge.marketgraph;

/**
 * A setting that the job does not start with. The message is one line: key, value, and what would
 * be right.
 */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SettingsException(String message) {
    super(message, null, false, false);
  }

  static SettingsException of(String key, Object value, String expected) {
    return new SettingsException(
        "%s is '%s', must be %s".formatted(shortKey(key), value, expected));
  }

  /** A key as people type it. */
  static String shortKey(String key) {
    return key.startsWith(StreamForgeOptions.PREFIX)
        ? key.substring(StreamForgeOptions.PREFIX.length())
        : key;
  }
}
