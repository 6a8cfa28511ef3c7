package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.EventText;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads every recording twice: by the decoders, and the plain way as a tree. */
class RecordedMessagesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final MessageDecoder decoder = new MessageDecoder(Decoding.TIME, 1 << 23);
  private int books;
  private int trades;
  private final Map<String, Long> lastIds = new HashMap<>();
  private final Set<String> allIds = new HashSet<>();

  static List<Path> recordings() throws IOException {
    return RecordedLines.all();
  }

  @Test
  void areThere() throws IOException {
    assertThat(RecordedLines.all()).hasSizeGreaterThanOrEqualTo(14);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void holdWhatTheirTreesHold(Path recording) throws Exception {
    RecordedLines.forEach(recording, this::compare);
    assertThat(books).isGreaterThan(100);
    if (recording.toString().contains("binance")) {
      assertThat(trades).isGreaterThan(100);
    }
  }

  private void compare(RecordedLines.Line line) throws IOException, DecodeException {
    List<MarketEvent> events =
        decoder.decode(line.venue(), line.key(), line.bytes(), line.receiveTimeUs());
    JsonNode message = JSON.readTree(line.value());
    if (line.topic().equals("raw-trades")) {
      assertThat(events.size() + decoder.staleTrades()).isEqualTo(treeTrades(message));
      events.forEach(event -> compareId((Trade) event, line));
      trades += events.size();
    } else {
      assertThat(events).hasSize(1);
      BookUpdate book = (BookUpdate) events.get(0);
      Sides sides = treeBook(message);
      if (!sides.texts().equals(EventText.levels(book)) || sides.bids.size() != book.bids()) {
        assertThat(EventText.levels(book)).as(line.value()).isEqualTo(sides.texts());
      }
      assertThat(book.instrument().symbol()).isEqualTo(line.key());
      books++;
    }
  }

  /** No recording holds a trade twice, or lacks one that its ids would tell. */
  private void compareId(Trade trade, RecordedLines.Line line) {
    String instrument = trade.instrument().id();
    if (trade.ids() == TradeIds.NONE) {
      assertThat(line.value()).as("a message of Kraken v1").startsWith("[");
    } else {
      assertThat(allIds.add(instrument + ' ' + trade.id())).as(line.value()).isTrue();
      Long last = lastIds.put(instrument, trade.id());
      if (trade.ids().areConsecutive() && last != null) {
        assertThat(trade.id()).as(line.value()).isEqualTo(last + 1);
      }
    }
  }

  private static int treeTrades(JsonNode message) {
    if (message.isArray()) {
      return message.get(1).size(); // Kraken v1
    }
    if (message.path("data").isArray()) {
      return message.get("data").size(); // OKX, Bybit
    }
    if (message.path("events").isArray()) {
      int size = 0; // Coinbase
      for (JsonNode event : message.get("events")) {
        size += event.get("trades").size();
      }
      return size;
    }
    String type = message.path("data").path("e").asText();
    String kind = message.path("type").asText() + message.path("event").asText() + type;
    assertThat(kind).isIn("trade", "aggTrade", "match", "last_match");
    return 1;
  }

  private static Sides treeBook(JsonNode message) {
    Sides sides = new Sides(new ArrayList<>(), new ArrayList<>());
    if (message.isArray()) {
      message.forEach(
          part -> {
            sides.add(part, "bs", "as");
            sides.add(part, "b", "a");
          });
    } else if (message.path("data").isArray()) {
      message.get("data").forEach(part -> sides.add(part, "bids", "asks"));
    } else if (message.path("events").isArray()) {
      assertThat(message.get("events")).hasSize(1);
      for (JsonNode update : message.get("events").get(0).get("updates")) {
        sides.add(update.get("side"), update.get("price_level"), update.get("new_quantity"));
      }
    } else if (message.has("changes")) {
      for (JsonNode change : message.get("changes")) {
        sides.add(change.get(0), change.get(1), change.get(2));
      }
    } else if (message.path("channel").asText().startsWith("diff_order_book_")) {
      sides.add(message.get("data"), "bids", "asks");
    } else if (message.has("lastUpdateId") || message.has("bids")) {
      sides.add(message, "bids", "asks");
    } else {
      JsonNode data = message.path("data");
      assertThat(data.path("e").asText() + message.path("topic").asText())
          .matches("depthUpdate|orderbook[.]200[.].*");
      sides.add(data, "b", "a");
    }
    return sides;
  }

  /** Levels as texts, bids and asks. */
  private record Sides(List<String> bids, List<String> asks) {

    void add(JsonNode book, String bidField, String askField) {
      book.path(bidField).forEach(level -> bids.add(level(level)));
      book.path(askField).forEach(level -> asks.add(level(level)));
    }

    void add(JsonNode side, JsonNode price, JsonNode quantity) {
      boolean bid = side.textValue().startsWith("b");
      (bid ? bids : asks).add(price.textValue() + " x " + quantity.textValue());
    }

    List<String> texts() {
      List<String> all = new ArrayList<>(bids);
      all.addAll(asks);
      return all;
    }

    private static String level(JsonNode level) {
      return level.isArray()
          ? level.get(0).textValue() + " x " + level.get(1).textValue()
          : level.get("price").decimalValue().toPlainString()
              + " x "
              + level.get("qty").decimalValue().toPlainString();
    }
  }
}
