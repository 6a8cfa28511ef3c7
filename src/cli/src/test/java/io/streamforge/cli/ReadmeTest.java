package io.streamforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.wire.Venues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README says what the code says. */
class ReadmeTest {
  private static final Path README = Path.of("..", "..", "README.md");

  @Test
  void hasTheSettingsAsTheyAre() throws IOException {
    assertThat(Files.readString(README))
        .as("README.md, between the marks, must be what ./streamforge settings prints")
        .contains("prints them -->\n" + SettingsTable.markdown() + "<!-- end of settings -->");
  }

  @Test
  void namesEveryVenue() throws IOException {
    String readme = Files.readString(README);
    assertThat(Venues.names()).allSatisfy(venue -> assertThat(readme).contains("`" + venue + "`"));
  }
}
