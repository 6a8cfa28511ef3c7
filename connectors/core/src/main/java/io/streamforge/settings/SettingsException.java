package io.streamforge.settings;

/**
 * A setting that a program does not start with. The message is one line: key, value, and what would
 * be right.
 */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SettingsException(String message) {
    super(message, null, false, false);
  }

  /**
   * A value that cannot be.
   *
   * @param key with or without {@value SettingKey#PREFIX}
   */
  public static SettingsException of(String key, Object value, String expected) {
    return new SettingsException(
        "%s is '%s', must be %s".formatted(SettingKey.typed(key), value, expected));
  }
}
