package io.streamforge.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.EmbeddedJob;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person sees of the demo. */
@Timeout(120)
class DemoTest {
  private static final List<Path> RECORDING =
      List.of(Path.of("..", "..", "recordings", "kraken-v1-10.jsonl.gz"));

  private static final URI VIEW = URI.create("http://localhost:8090/");

  @Test
  void showsTheMarketAsItChangesToTheEnd() throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (Recordings recordings = new Recordings(RECORDING);
        EmbeddedJob market = EmbeddedJob.start(2, 4, 0, Map.of())) {
      PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
      new Demo(market, Recordings.spanUs(RECORDING), out, false, Optional.of(VIEW))
          .run(recordings, 40);
      assertThat(text(shown)).contains(market.flink().webUi().toString());
    }
    String last = text(shown).substring(text(shown).lastIndexOf("The market at"));
    assertThat(last)
        .contains("2021-04-05 23:49:03 UTC")
        .contains("The market in a browser: http://localhost:8090/")
        .contains("14,518 messages in; 1,191 symbol records, 120 graphs out; 118 of 118 s played")
        .containsPattern("kraken:XBT/USD +58732\\.15 +0\\.05 .* % +0 +live")
        .containsPattern("\\* kraken:\\S+ — kraken:XBT/USD");
  }

  @Test
  void endsWhereTheLastSamplesHaveNoGraph() throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (Recordings recordings = new Recordings(RECORDING);
        EmbeddedJob market =
            EmbeddedJob.start(1, 1, 0, Map.of("graph.publish-interval", "100 s"))) {
      PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
      new Demo(market, Recordings.spanUs(RECORDING), out, false, Optional.empty())
          .run(recordings, 200);
    }
    assertThat(text(shown))
        .containsOnlyOnce(
            "14,518 messages in; 1,191 symbol records, 1 graphs out; 118 of 118 s played");
    // One when the graph is there, and one at the end.
    assertThat(text(shown).split("The market at", -1)).hasSizeBetween(2, 3);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
