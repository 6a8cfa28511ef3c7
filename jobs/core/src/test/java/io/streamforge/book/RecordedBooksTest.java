package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.time.TimePolicy;
import io.streamforge.wire.MessageDecoder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The book of the job against what the exchanges say of themselves. */
class RecordedBooksTest {

  @ParameterizedTest
  @CsvSource({"kraken-v1-10, 14496", "kraken-v2-btc, 2052", "kraken-v2-btc-resubscribed, 301"})
  void everyChecksumIsRight(String recording, int checksums) throws Exception {
    int[] verified = {0};
    replay(
        recording,
        (book, update) -> {
          assertThat(book.apply(update).applied()).as("applied %s", update.eventTimeUs()).isTrue();
          verified[0] += update.checksum() != null ? 1 : 0;
        });
    assertThat(verified[0]).isEqualTo(checksums);
  }

  @ParameterizedTest
  @CsvSource({
    "binance-us-10, 743",
    "binance-spot-btc-eth, 2128",
    "binance-usdm-btc-eth, 1459",
    "binance-spot-nexo-34h, 17468"
  })
  void bestBidAndOfferAreTheExchanges(String recording, int shared) throws Exception {
    Map<String, List<BigDecimal>> theirs = quotes(recording + ".bbo");
    List<String> compared = new ArrayList<>();
    replay(
        recording,
        (book, update) -> {
          String at = update.instrument().id() + "@" + update.sequence();
          if (book.apply(update) == Outcome.APPLIED && theirs.containsKey(at)) {
            assertThat(quote(book)).as(at).isEqualTo(theirs.get(at));
            compared.add(at);
          }
        });
    assertThat(compared).doesNotHaveDuplicates().hasSize(shared);
  }

  /** Hands every message with its book to a consumer that applies it; a live book stays live. */
  private static void replay(String recording, BiConsumer<OrderBook, BookUpdate> apply)
      throws Exception {
    MessageDecoder decoder =
        new MessageDecoder(new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000), 1 << 22);
    Map<String, OrderBook> books = new HashMap<>();
    for (RawMessage record : RecordingFile.read(recording)) {
      byte[] value = record.value().getBytes(StandardCharsets.UTF_8);
      if (record.isTrade()) {
        continue;
      }
      for (MarketEvent event :
          decoder.decode(record.venue(), record.key(), value, record.receiveTimeUs())) {
        OrderBook book =
            books.computeIfAbsent(event.instrument().id(), id -> new OrderBook(Books.LIMITS));
        BookStatus before = book.status();
        apply.accept(book, (BookUpdate) event);
        assertThat(book.status()).as("after %s", record).isIn(BookStatus.LIVE, before);
      }
    }
    assertThat(books.values()).isNotEmpty().allMatch(book -> book.status() == BookStatus.LIVE);
  }

  private static List<BigDecimal> quote(OrderBook book) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (BookSide side : List.of(book.bids(), book.asks())) {
      numbers.add(BigDecimal.valueOf(side.bestPrice(), book.priceScale()).stripTrailingZeros());
      numbers.add(
          BigDecimal.valueOf(side.bestQuantity(), book.quantityScale()).stripTrailingZeros());
    }
    return numbers;
  }

  private static Map<String, List<BigDecimal>> quotes(String recording) throws Exception {
    Map<String, List<BigDecimal>> quotes = new HashMap<>();
    ObjectMapper json = new ObjectMapper();
    for (RawMessage record : RecordingFile.read(recording)) {
      JsonNode data = json.readTree(record.value()).get("data");
      List<BigDecimal> numbers = new ArrayList<>();
      for (String name : List.of("b", "B", "a", "A")) {
        numbers.add(new BigDecimal(data.get(name).asText()).stripTrailingZeros());
      }
      quotes.put(
          record.venue() + ":" + data.get("s").asText() + "@" + data.get("u").asText(), numbers);
    }
    return quotes;
  }
}
