package io.streamforge.settings;

import java.util.LinkedHashSet;
import java.util.Set;

/** Collects what is wrong with settings, so that a user hears of all of it at once. */
public final class SettingsFaults {
  private final Set<String> found = new LinkedHashSet<>();

  /** Runs a check, and keeps what it refuses. */
  public void check(Runnable check) {
    try {
      check.run();
    } catch (SettingsException e) {
      found.add(e.getMessage());
    }
  }

  /**
   * Ends the checks.
   *
   * @throws SettingsException if a check has refused something; its message has every fault
   */
  public void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new SettingsException(String.join("; ", found));
    }
  }
}
