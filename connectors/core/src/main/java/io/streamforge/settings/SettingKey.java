package io.streamforge.settings;

/** Keys of settings: as they stand in a cluster's configuration, and as people type them. */
public final class SettingKey {
  /** What every key begins with; {@code --set} and {@code --config} may leave it out. */
  public static final String PREFIX = "streamforge.";

  private SettingKey() {}

  /** A key as it stands in a cluster's configuration, from one that may lack the prefix. */
  public static String full(String key) {
    return key.startsWith(PREFIX) ? key : PREFIX + key;
  }

  /** A key as people type it, from one that may have the prefix. */
  public static String typed(String key) {
    return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
  }
}
