package io.streamforge.settings;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Collects what is wrong with settings, so that a user hears of all of it at once. */
public final class SettingsFaults {
  private final Set<String> found = new LinkedHashSet<>();

  /** Runs a check, and keeps what it refuses. */
  public void check(Runnable check) {
    ask(
        () -> {
          check.run();
          return null;
        });
  }

  /** The answer of a check that has one; null if it refuses, which is kept. */
  public <T> T ask(Supplier<T> check) {
    try {
      return check.get();
    } catch (SettingsException e) {
      found.add(e.getMessage());
      return null;
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
