package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import io.streamforge.time.TimePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for writers of the raw topics has an example of each venue, which can be read. */
class InputPageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "input.md");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");

  private static final TimePolicy ANY_TIME =
      new TimePolicy(0, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, 0);

  record Example(String venue, String topic, String key, String value) {}

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> venues = List.of();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("### ")) {
        venues = NAME.matcher(line).results().map(found -> found.group(1)).toList();
      } else if (line.startsWith("raw-")) {
        String[] parts = line.split(" ", 3);
        venues.forEach(venue -> examples.add(new Example(venue, parts[0], parts[1], parts[2])));
      }
    }
    return examples;
  }

  @Test
  void hasAnExampleOfEachVenue() throws IOException {
    TreeSet<String> shown = new TreeSet<>();
    examples().forEach(example -> shown.add(example.venue));
    assertThat(shown).isEqualTo(new TreeSet<>(Venues.names()));
  }

  @Test
  void eachExampleIsReadAsWhatItsTopicHolds() throws IOException, DecodeException {
    for (Example example : examples()) {
      byte[] value =
          example.value.startsWith("{")
              ? example.value.getBytes(StandardCharsets.UTF_8)
              : Base64.getDecoder().decode(example.value);
      List<MarketEvent> events =
          new MessageDecoder(ANY_TIME, 1 << 20)
              .decode(example.venue, example.key, value, Decoding.NOW);
      assertThat(events)
          .as(example.toString())
          .isNotEmpty()
          .hasOnlyElementsOfType(
              example.topic.equals("raw-trades") ? Trade.class : BookUpdate.class)
          .allSatisfy(event -> assertThat(event.instrument().symbol()).isEqualTo(example.key));
    }
  }
}
