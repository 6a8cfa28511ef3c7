package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.Main;
import io.streamforge.testkit.RecordingFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who connects to a venue. */
@Timeout(120)
class LiveCommandTest {
  @TempDir private Path folder;

  private static String screen(String... command) {
    PrintStream console = System.out;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      assertThat(Main.commandLine().execute(command)).isZero();
    } finally {
      System.setOut(console);
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void liveShowsTheMarketAsItIsNow() throws IOException {
    String recorded = RecordingFile.path("binance-us-10").toString();
    String shown =
        screen("live", "--recorded", recorded, "--seconds", "12", "--port", "0", "--view", "0");
    assertThat(shown)
        .contains("The market in a browser: http://localhost:")
        .contains("The loader's metrics: http://localhost:");
    assertThat(shown.substring(shown.lastIndexOf("The market at")))
        .contains("10 of 10 books have begun")
        .containsPattern("binance-us:BTCUSD +58\\d{3}\\.\\d+ .* live")
        .doesNotContain("is not connected");
  }

  @Test
  void recordTakesFromAVenueAlone() throws IOException {
    Path out = folder.resolve("mine.jsonl.gz");
    String recorded = RecordingFile.path("coinbase-2").toString();
    screen("record", "--recorded", recorded, "--out", out.toString(), "--seconds", "4");
    assertThat(RecordingFile.read(out)).hasSizeGreaterThan(20);
    Path to = folder.resolve("replayed");
    screen("replay", "--direct", "--recording", out.toString(), "--out", to.toString());
    assertThat(Files.readString(to.resolve("summary.json"))).contains("\"dead_letters\" : 0");
  }
}
