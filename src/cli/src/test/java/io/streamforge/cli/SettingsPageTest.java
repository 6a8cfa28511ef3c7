package io.streamforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of the settings says what the code says. */
class SettingsPageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "settings.md");

  @Test
  void hasTheSettingsAsTheyAre() throws IOException {
    assertThat(Files.readString(PAGE))
        .as(
            "docs/settings.md, between the marks, must be what ./streamforge settings --markdown prints")
        .contains("prints them -->\n" + SettingsTable.markdown() + "<!-- end of settings -->");
  }
}
