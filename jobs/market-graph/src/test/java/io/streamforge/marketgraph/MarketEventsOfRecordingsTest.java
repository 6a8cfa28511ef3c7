package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.engine.MarketCount;
import io.streamforge.record.MarketEventRecord;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordSchema;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.PlainBook;
import io.streamforge.testkit.reference.TradePrint;
import io.streamforge.testkit.reference.VenueMessages;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.protobuf.EventType;
import io.streamforge.wire.protobuf.MarketDataEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The market events of each recording: what they say of a book after each message against the plain
 * book, and against the exchange's own best bid and offer; the trades against the plain decoder's.
 * How many there are stands in a table.
 */
class MarketEventsOfRecordingsTest {
  private static final Path TABLE = Path.of("../../docs/products/market-events.md");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NO_TOUCH = "none";

  private static final Settings SETTINGS =
      new Settings(
          Map.of("kafka.bootstrap-servers", "none:1", "sink.market-events.topic", "market-events"));

  /** What a reader of the events knows, and what the plain books say. */
  private static final class Market {
    private final List<MarketEventRecord> ofRecord = new ArrayList<>();
    private final DirectMarketGraph job =
        new DirectMarketGraph(
            SETTINGS,
            new DirectMarketGraph.Outputs(
                symbol -> {}, graph -> {}, resync -> {}, letter -> {}, this::add));
    private final Map<String, PlainBook> plain = new HashMap<>();
    private final Map<String, String> touches = new HashMap<>();
    private final Map<String, Boolean> live = new HashMap<>();
    private final Map<String, String> theirs;
    private final Set<String> compared = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int prints;

    Market(Map<String, String> theirs) {
      this.theirs = theirs;
    }

    private void add(OutputRecord record) {
      try {
        MarketEventRecord event = MarketEventRecord.read(record.value());
        counts.merge(event.type(), 1, Integer::sum);
        ofRecord.add(event);
        if (event.type().equals("trust")) {
          live.put(event.instrument(), event.book().equals("live"));
          touches.put(event.instrument(), NO_TOUCH);
        } else if (event.type().equals("touch")) {
          assertThat(live.get(event.instrument())).isTrue();
          String before =
              touches.put(
                  event.instrument(),
                  touch(event.bid(), event.bidQuantity(), event.ask(), event.askQuantity()));
          assertThat(before).isNotNull();
        }
        if (counts.get(event.type()) <= 20) {
          assertThat(RecordSchema.MARKET_EVENTS.errors(record.value())).isEmpty();
          assertThat(RecordSchema.MARKET_EVENT_HEADERS.errors(JSON.valueToTree(record.headers())))
              .isEmpty();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void take(RawMessage message, long offset) throws Exception {
      ofRecord.clear();
      RawRecord record = message.record(0, offset, null);
      job.completeUntil(SETTINGS.time().completeUntilUs(record.receiveTimeUs()));
      job.accept(record);
      if (message.event() != null) {
        String id = message.venue() + ":" + message.key();
        compareBooks(
            List.of(
                BookMessage.notice(id, BookMessage.Kind.DISCONNECTED, message.receiveTimeUs())
                    .inSession(record.session())),
            message);
      } else if (message.value() == null) {
        compareTrades(ofProtobuf(message));
      } else if (message.isTrade()) {
        compareTrades(VenueMessages.trades(message));
      } else {
        compareBooks(
            VenueMessages.books(message).stream()
                .map(book -> book.inSession(record.session()))
                .toList(),
            message);
      }
    }

    private static List<TradePrint> ofProtobuf(RawMessage message) throws IOException {
      MarketDataEvent event = MarketDataEvent.parseFrom(message.bytes());
      if (event.getEventType() != EventType.TRADE) {
        return List.of();
      }
      long timeUs = event.getTimestamp() == 0 ? message.receiveTimeUs() : event.getTimestamp();
      while (timeUs < RawRecord.FIRST_US) {
        timeUs *= 1_000;
      }
      return List.of(
          new TradePrint(
              event.getExchange() + ":" + event.getSymbol(),
              BigDecimal.valueOf(event.getPrice()),
              BigDecimal.valueOf(event.getVolume()),
              0,
              timeUs));
    }

    /** Those that were stale on arrival, or had come before, are left out. */
    private void compareTrades(List<TradePrint> trades) {
      prints += trades.size();
      Iterator<TradePrint> all = trades.iterator();
      for (MarketEventRecord event : ofRecord) {
        TradePrint trade = all.next();
        while (!isOf(event, trade)) {
          trade = all.next();
        }
      }
    }

    private static boolean isOf(MarketEventRecord event, TradePrint trade) {
      String side = trade.side() > 0 ? "buy" : trade.side() < 0 ? "sell" : null;
      return event.instrument().equals(trade.instrument())
          && event.eventTimeUs() == trade.eventTimeUs()
          && event.price().equals(plain(trade.price()))
          && event.quantity().equals(plain(trade.quantity()))
          && Objects.equals(event.side(), side);
    }

    private void compareBooks(List<BookMessage> messages, RawMessage message) {
      for (BookMessage one : messages) {
        if (one.isNotice() && !plain.containsKey(one.instrument())) {
          continue;
        }
        String venue = one.instrument().substring(0, one.instrument().indexOf(':'));
        PlainBook book = plain.computeIfAbsent(one.instrument(), id -> PlainBook.of(venue));
        book.apply(one, Math.max(one.eventTimeUs(), message.receiveTimeUs() - 500_000));
      }
      for (BookMessage one : messages) {
        PlainBook book = plain.get(one.instrument());
        if (book != null) {
          String ours = touches.getOrDefault(one.instrument(), NO_TOUCH);
          assertThat(ours).as(message.value()).isEqualTo(touch(book));
          String at = one.instrument() + "@" + book.sequence();
          if (theirs.containsKey(at) && book.isLive()) {
            assertThat(ours).as(at).isEqualTo(theirs.get(at));
            compared.add(at);
          }
        }
      }
    }

    private static String touch(PlainBook book) {
      Level bid = book.bids().best();
      Level ask = book.asks().best();
      boolean crossed = bid != null && ask != null && bid.price().compareTo(ask.price()) >= 0;
      if (!book.isLive() || crossed) {
        return NO_TOUCH;
      }
      return touch(
          bid == null ? null : plain(bid.price()),
          bid == null ? null : plain(bid.quantity()),
          ask == null ? null : plain(ask.price()),
          ask == null ? null : plain(ask.quantity()));
    }

    private static String touch(String bid, String bidQuantity, String ask, String askQuantity) {
      return "%s of %s, %s of %s".formatted(bidQuantity, bid, askQuantity, ask);
    }

    /** Each trade of the recording has its event, but those that the job has counted elsewhere. */
    void end() {
      long told = counts.getOrDefault("trade", 0);
      assertThat(told)
          .isEqualTo(prints - job.count(MarketCount.DUPLICATE_TRADES) - job.staleTrades());
    }

    String row(String name) {
      return "| `%s` | %,d | %,d | %,d | %s |"
          .formatted(
              name,
              counts.getOrDefault("trade", 0),
              counts.getOrDefault("touch", 0),
              counts.getOrDefault("trust", 0),
              theirs.isEmpty() ? "–" : "%,d".formatted(compared.size()));
    }
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "binance-spot-3",
        "binance-spot-btc-eth",
        "binance-spot-nexo-34h",
        "binance-us-10",
        "binance-usdm-btc-eth",
        "bitstamp-10",
        "bybit-6",
        "coinbase-2",
        "coinbase-pro-10",
        "gemini-10",
        "kraken-v1-10",
        "kraken-v2-btc",
        "kraken-v2-btc-resubscribed",
        "made-gemini-2-disconnected",
        "made-market-data-event-2",
        "okx-10"
      })
  void eventsSayWhatThePlainBookAndTheExchangeSay(String name) throws Exception {
    Market market = new Market(quotes(name));
    long offset = 0;
    for (RawMessage message : RecordingFile.read(name)) {
      market.take(message, offset++);
    }
    market.end();
    assertThat(Files.readAllLines(TABLE))
        .as("the table of docs/products/market-events.md")
        .contains(market.row(name));
  }

  /** The exchange's best bid and offer, by instrument and update id. */
  private static Map<String, String> quotes(String name) throws Exception {
    Map<String, String> quotes = new HashMap<>();
    if (!Files.exists(RecordingFile.path(name + ".bbo"))) {
      return quotes;
    }
    for (RawMessage record : RecordingFile.read(name + ".bbo")) {
      JsonNode data = JSON.readTree(record.value()).get("data");
      quotes.put(
          record.venue() + ":" + data.get("s").asText() + "@" + data.get("u").asText(),
          Market.touch(number(data, "b"), number(data, "B"), number(data, "a"), number(data, "A")));
    }
    return quotes;
  }

  private static String number(JsonNode data, String name) {
    return plain(new BigDecimal(data.get(name).asText()));
  }
}
