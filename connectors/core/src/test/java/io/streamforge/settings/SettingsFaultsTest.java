package io.streamforge.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettingsFaultsTest {
  private final SettingsFaults faults = new SettingsFaults();

  private void refuse(String key) {
    faults.check(
        () -> {
          throw SettingsException.of(key, "x", "y");
        });
  }

  @Test
  void allAreSaidInOneLineAndEachOnce() {
    refuse("a");
    refuse("b");
    refuse("a");
    assertThatThrownBy(faults::refuseIfAny)
        .isInstanceOf(SettingsException.class)
        .hasMessage("a is 'x', must be y; b is 'x', must be y");
  }

  @Test
  void nothingIsSaidWhereNothingIsWrong() {
    faults.check(() -> {});
    assertThatCode(faults::refuseIfAny).doesNotThrowAnyException();
  }
}
