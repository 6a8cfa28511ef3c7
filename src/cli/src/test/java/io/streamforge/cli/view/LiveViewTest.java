package io.streamforge.cli.view;

import static io.streamforge.cli.view.Browser.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.cli.replay.Replay;
import io.streamforge.testkit.RecordSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What a person sees of a replay in a browser, against the records that the topics hold. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveViewTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RECORDING = Path.of("..", "..", "recordings", "kraken-v1-10.jsonl.gz");
  private static final int MID = 2;
  private static final int SPREAD = 4;

  @TempDir static Path folder;

  private static EmbeddedJob market;
  private static LiveView view;
  private static Browser browser;
  private static KafkaProducer<byte[], byte[]> producer;

  /** Records by instrument, oldest first. */
  private static final Map<String, List<JsonNode>> SYMBOLS = new TreeMap<>();

  private static JsonNode graph;

  @BeforeAll
  static void replay() throws Exception {
    assumeTrue(
        Browser.isInstalled(),
        "no chromium and chromedriver on this machine: the page of the market is not tested");
    market = EmbeddedJob.start(1, 1, 0, Map.of());
    Replay replay = new Replay(market, Double.POSITIVE_INFINITY);
    try (Recordings recordings = new Recordings(List.of(RECORDING))) {
      replay.run(recordings, progress -> {});
    }
    replay.writeTo(folder);
    for (JsonNode symbol : lines("symbol-features")) {
      SYMBOLS
          .computeIfAbsent(symbol.get("instrument").asText(), id -> new ArrayList<>())
          .add(symbol);
    }
    graph = lines("graph-features").get(lines("graph-features").size() - 1);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", market.broker().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    view = LiveView.start(market.settings(), 0);
    browser = new Browser(view.address());
    await().until(() -> browser.count("tbody tr") == SYMBOLS.size());
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable opened : Arrays.asList(browser, view, producer, market)) {
      if (opened != null) {
        opened.close();
      }
    }
  }

  private static List<JsonNode> lines(String topic) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(topic + ".jsonl"))) {
      assertThat(schema(topic).errors(line)).isEmpty();
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static JsonNode newest(String id) {
    return SYMBOLS.get(id).get(SYMBOLS.get(id).size() - 1);
  }

  /** A record as the job could have written it. */
  private static void send(String topic, String key, JsonNode value) throws Exception {
    assertThat(schema(topic).errors(value)).isEmpty();
    sendAnything(topic, key, value);
  }

  private static RecordSchema schema(String topic) {
    return topic.equals("graph-features")
        ? RecordSchema.GRAPH_FEATURES
        : RecordSchema.SYMBOL_FEATURES;
  }

  private static void sendAnything(String topic, String key, JsonNode value) throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                topic,
                null,
                value.get("time_us").asLong() / 1000,
                key.getBytes(StandardCharsets.UTF_8),
                JSON.writeValueAsBytes(value)))
        .get();
  }

  /** A copy of the last graph, so many seconds later. */
  private static ObjectNode later(int seconds) {
    ObjectNode copy = graph.deepCopy();
    return copy.put("time_us", graph.get("time_us").asLong() + seconds * 1_000_000L);
  }

  private static void isShown(String text, JsonNode value, double factor, double rounding) {
    if (value.isNull()) {
      assertThat(text).isEqualTo("–");
    } else {
      assertThat(number(text)).isCloseTo(factor * value.asDouble(), within(rounding));
    }
  }

  private static double number(String text) {
    return Double.parseDouble(text.replaceAll("[,+ %]", "").replace('−', '-'));
  }

  @Test
  @Order(1)
  void theTableHasTheNumbersOfTheNewestRecords() {
    assertThat(browser.rows()).hasSize(SYMBOLS.size());
    for (List<String> row : browser.rows()) {
      JsonNode record = newest(row.get(0));
      JsonNode features = record.get("features");
      assertThat(row.get(1)).isEqualTo(record.get("book").asText());
      assertThat(new BigDecimal(row.get(MID).replace(",", "")))
          .isEqualByComparingTo(new BigDecimal(features.get("mid").asText()));
      isShown(row.get(3), features.get("return_1m_bps"), 1, 0.051);
      isShown(row.get(SPREAD), features.get("spread_bps"), 1, 0.0051);
      isShown(row.get(5), features.get("imbalance_5"), 1, 0.0051);
      isShown(row.get(6), features.get("volatility_1m"), 100, 0.051);
      isShown(row.get(7), features.get("volatility_5m"), 100, 0.051);
      isShown(row.get(8), features.get("trades"), 1, 0);
      isShown(row.get(9), features.get("trade_imbalance_1m"), 1, 0.0051);
    }
    assertThat(browser.rows().stream().flatMap(List::stream)).as("a missing value").contains("–");
  }

  @Test
  @Order(2)
  void aColumnSortsBothWays() {
    List<String> bySpread =
        SYMBOLS.keySet().stream()
            .sorted(
                Comparator.comparingDouble(
                    id -> -newest(id).get("features").get("spread_bps").asDouble()))
            .toList();
    browser.click("th:nth-child(5) button");
    assertThat(browser.one("th:nth-child(5)").getDomAttribute("aria-sort")).isEqualTo("descending");
    assertThat(browser.rows()).extracting(row -> row.get(0)).isEqualTo(bySpread);
    browser.click("th:nth-child(5) button");
    assertThat(browser.one("th:nth-child(5)").getDomAttribute("aria-sort")).isEqualTo("ascending");
    assertThat(browser.rows()).extracting(row -> row.get(0)).isEqualTo(reversed(bySpread));
    browser.click("th:nth-child(1) button");
  }

  private static List<String> reversed(List<String> list) {
    List<String> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }

  @Test
  @Order(3)
  void aClickShowsTheLastMinutesOfThatSymbol() {
    String id = "kraken:XBT/USD";
    List<JsonNode> records = SYMBOLS.get(id);
    browser.click("tbody tr:nth-child(%d) button".formatted(rowOf(id)));
    assertThat(browser.text("#details-title")).isEqualTo(id);
    await().until(() -> !browser.text("[data-feature=mid]").isEmpty());
    long drawn = records.stream().filter(r -> r.at("/features/mid").isNumber()).count();
    String path = browser.attributes("#charts figure:first-child .lines path", "d").get(0);
    assertThat(path.chars().filter(c -> c == 'M' || c == 'L').count()).isEqualTo(drawn);

    for (int back : new int[] {0, 1, 60}) {
      browser.one("#charts").sendKeys(Keys.END);
      browser.one("#charts").sendKeys(Keys.ARROW_LEFT.toString().repeat(back));
      JsonNode features = records.get(records.size() - 1 - back).get("features");
      isShown(browser.text("[data-feature=mid]"), features.get("mid"), 1, 1e-9);
      isShown(browser.text("[data-feature=spread_bps]"), features.get("spread_bps"), 1, 0.0051);
      isShown(
          browser.text("[data-feature=volatility_1m]").replace("1 min ", ""),
          features.get("volatility_1m"),
          100,
          0.051);
      isShown(
          browser.text("[data-feature=ofi_normalised_1m]"),
          features.get("ofi_normalised_1m"),
          1,
          0.0051);
    }
    browser.click("#close");
    assertThat(browser.one("#details").isDisplayed()).isFalse();
  }

  private static int rowOf(String id) {
    return 1 + browser.rows().stream().map(row -> row.get(0)).toList().indexOf(id);
  }

  @Test
  @Order(4)
  void theKeyboardIsEnough() {
    List<String> ids = List.copyOf(SYMBOLS.keySet());
    browser.one("#find").sendKeys("kraken:");
    while (!ids.contains(browser.focused())) {
      browser.tab();
    }
    assertThat(browser.focused()).as("where it was before").isEqualTo("kraken:XBT/USD");
    browser.press(Keys.HOME);
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ARROW_DOWN);
    assertThat(browser.focused()).isEqualTo(ids.get(2));
    browser.press(Keys.ENTER);
    assertThat(browser.text("#details-title")).isEqualTo(ids.get(2));
    browser.press(Keys.ESCAPE);
    assertThat(browser.one("#details").isDisplayed()).isFalse();
    assertThat(browser.focused()).isEqualTo(ids.get(2));
    browser.tab();
    assertThat(ids).as("one stop for the whole table").doesNotContain(browser.focused());
    browser.one("#find").sendKeys(Keys.BACK_SPACE.toString().repeat("kraken:".length()));
    await().until(() -> browser.rows().size() == ids.size());
  }

  @Test
  @Order(5)
  void thePictureIsThatOfTheGraph() {
    assertThat(browser.attributes("#graph [data-id]", "data-id"))
        .containsExactlyInAnyOrderElementsOf(SYMBOLS.keySet());
    int correlation = column("correlation_5m");
    int inTree = column("in_tree");
    List<String> edges = new ArrayList<>();
    int tree = 0;
    int negative = 0;
    for (int i = 0; i < graph.get("num_edges").asInt(); i++) {
      int source = graph.at("/edge_index/0").get(i).asInt();
      int target = graph.at("/edge_index/1").get(i).asInt();
      JsonNode attributes = graph.get("edge_attr").get(i);
      if (source < target) {
        edges.add(
            "%s — %s: %s"
                .formatted(
                    graph.get("node_ids").get(source).asText(),
                    graph.get("node_ids").get(target).asText(),
                    signed(attributes.get(correlation).asDouble())));
        tree += attributes.get(inTree).asInt();
        negative += attributes.get(correlation).asDouble() < 0 ? 1 : 0;
      }
    }
    assertThat(browser.texts("#graph g > title")).containsAll(edges);
    assertThat(browser.count("#graph .edge")).isEqualTo(edges.size());
    assertThat(browser.count("#graph .edge.negative")).isEqualTo(negative);
    assertThat(browser.count("#graph .casing:not([style*=none])")).isEqualTo(tree);
  }

  private static String signed(double number) {
    String text = String.format(Locale.ROOT, "%+.2f", number).replace('-', '−');
    return text.endsWith("0.00") ? "0.00" : text;
  }

  private static int column(String name) {
    int column = 0;
    while (!graph.get("edge_attr_names").get(column).asText().equals(name)) {
      column++;
    }
    return column;
  }

  @Test
  @Order(6)
  void nodesKeepTheirPlacesWhileEdgesStay() throws Exception {
    List<String> before = browser.attributes("#graph [data-id]", "transform");
    ObjectNode next = later(1);
    next.withArray("node_book").set(0, JSON.getNodeFactory().textNode("gap"));
    send("graph-features", "market", next);
    await().until(() -> browser.count("#graph .not-live") == 1);
    assertThat(browser.attributes("#graph [data-id]", "transform")).isEqualTo(before);
  }

  @Test
  @Order(7)
  void whatAMessageSaysStaysText() throws Exception {
    String title = browser.title();
    String hostile = "evil:<img src=x onerror=\"document.title='owned'\"><script>1</script>";
    ObjectNode symbol = newest("kraken:XBT/USD").deepCopy();
    symbol.put("instrument", hostile).put("book", "<b>gap</b>");
    sendAnything("symbol-features", hostile, symbol);
    ObjectNode next = later(2);
    next.withArray("node_ids").set(0, JSON.getNodeFactory().textNode(hostile));
    next.withArray("node_book").set(0, JSON.getNodeFactory().textNode("<b>gap</b>"));
    next.put("graph", "<i>market</i>");
    sendAnything("graph-features", "<i>market</i>", next);
    await().until(() -> browser.texts("#graphs option").contains("<i>market</i>"));
    browser.select("#graphs", "<i>market</i>");
    await().until(() -> browser.rows().stream().anyMatch(row -> row.get(0).equals(hostile)));
    assertThat(browser.rows().get(rowOf(hostile) - 1).get(1)).isEqualTo("<b>gap</b>");
    assertThat(browser.attributes("#graph [data-id]", "data-id")).contains(hostile);
    browser.click("tbody tr:nth-child(%d) button".formatted(rowOf(hostile)));
    assertThat(browser.text("#details-title")).isEqualTo(hostile);
    await().until(() -> !browser.text("[data-feature=mid]").isEmpty());
    assertThat(browser.count("body img, body script, body b, body i")).isZero();
    assertThat(browser.title()).isEqualTo(title);
  }

  @Test
  @Order(8)
  void aGraphIsChosenAmongSeveral() throws Exception {
    ObjectNode small = later(3);
    small
        .put("graph", "gemini")
        .put("num_nodes", 1)
        .put("num_edges", 0)
        .putArray("node_ids")
        .add("gemini:BTCUSD");
    small.putArray("node_book").add("live");
    small.putArray("node_mid").add(1.5);
    small.set("x", JSON.createArrayNode().add(graph.get("x").get(0)));
    small.putArray("edge_index").add(JSON.createArrayNode()).add(JSON.createArrayNode());
    small.putArray("edge_attr");
    send("graph-features", "gemini", small);
    await().until(() -> browser.texts("#graphs option").contains("gemini"));
    browser.select("#graphs", "gemini");
    await()
        .until(
            () ->
                browser.attributes("#graph [data-id]", "data-id").equals(List.of("gemini:BTCUSD")));
    assertThat(browser.text("#graph-note")).contains("No edges yet");
  }

  @Test
  @Order(9)
  void fiveHundredSymbolsAreDrawn() throws Exception {
    int count = 500;
    ObjectNode large = later(4);
    large.put("graph", "large").put("num_nodes", count).putArray("node_ids");
    large.putArray("node_book");
    large.putArray("node_mid");
    large.putArray("x");
    ObjectNode edges = JSON.createObjectNode();
    edges.putArray("from");
    edges.putArray("to");
    large.putArray("edge_attr");
    for (int i = 0; i < count; i++) {
      large.withArray("node_ids").add("planted:S%03d".formatted(i));
      large.withArray("node_book").add("live");
      large.withArray("node_mid").add(i);
      large.withArray("x").add(graph.get("x").get(i % 10));
      for (int j = Math.max(0, i - 8); j < i; j++) {
        edges.withArray("from").add(j);
        edges.withArray("to").add(i);
        large.withArray("edge_attr").add(graph.get("edge_attr").get(0));
      }
    }
    large.put("num_edges", large.get("edge_attr").size());
    large.putArray("edge_index").add(edges.get("from")).add(edges.get("to"));
    send("graph-features", "large", large);
    await().until(() -> browser.texts("#graphs option").contains("large"));
    browser.select("#graphs", "large");
    await().until(() -> browser.count("#graph [data-id]") == count);
    assertThat(browser.count("#graph .edge")).isEqualTo(large.get("edge_attr").size());
    assertThat(browser.attributes("#graph [data-id]", "transform")).doesNotHaveDuplicates();
  }

  @Test
  @Order(10)
  void saysWhenNothingComes() throws Exception {
    await().until(() -> browser.text("#status").matches("Nothing new: last graph \\d+ s ago"));
    assertThat(browser.text("[role=status]"))
        .as("what a screen reader speaks, which does not count seconds")
        .isEqualTo("Nothing new");
    market.close();
    market = null;
    await().until(() -> browser.text("#status").startsWith("Kafka does not answer, last graph "));
    view.close();
    await().until(() -> browser.text("#status").startsWith("Connection lost"));
  }
}
