package io.streamforge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.cli.replay.EmbeddedJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The consumer of docs/products reads what a replay writes, though the job dies on the way. */
@Timeout(180)
class MarketEventsConsumerTest {
  private static final Path CONSUMER = Path.of("..", "..", "docs", "products", "BestPrices.java");

  @TempDir Path folder;

  @Test
  void printsTheBestPricesOfEachTrustedBook() throws Exception {
    List<String> printed = new ArrayList<>();
    Replays.replay(
        Replays.recording("binance-us-10"),
        folder,
        2,
        3,
        20,
        Map.of(),
        new Replays.Meanwhile() {
          @Override
          public void run(EmbeddedJob market) throws Exception {
            SameBytesTest.killAfter(2, market);
          }

          @Override
          public void afterwards(EmbeddedJob market) {
            printed.addAll(printed(market.broker().bootstrapServers(), 1510 + 20));
          }
        });
    assertThat(printed).containsExactlyInAnyOrderElementsOf(expected());
  }

  /** The first lines that the consumer prints, in a process of its own. */
  private static List<String> printed(String broker, int lines) {
    List<String> printed = new ArrayList<>();
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  CONSUMER.toString(),
                  broker)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader out =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        while (printed.size() < lines) {
          printed.add(out.readLine());
        }
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return printed;
  }

  private List<String> expected() throws IOException {
    List<String> expected = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("market-events.jsonl"))) {
      JsonNode event = new ObjectMapper().readTree(line);
      String instrument = event.get("instrument").asText();
      switch (event.get("type").asText()) {
        case "touch" ->
            expected.add(
                "%s %s / %s"
                    .formatted(instrument, event.get("bid").asText(), event.get("ask").asText()));
        case "trust" -> expected.add(instrument + " is " + event.get("book").asText());
        default -> {}
      }
    }
    return expected;
  }
}
