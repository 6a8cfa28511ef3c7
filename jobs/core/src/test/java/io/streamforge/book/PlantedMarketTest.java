package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.generated.PlantedMarket;
import io.streamforge.testkit.generated.PlantedShape;
import io.streamforge.testkit.generated.PlantedSymbol;
import io.streamforge.time.TimePolicy;
import io.streamforge.wire.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A planted market is one that the books can trust. */
class PlantedMarketTest {
  private static final PlantedShape SHAPE = new PlantedShape(12, 3, 120, 7, 1_767_225_600_000_000L);

  private static List<RawMessage> play(PlantedShape shape) {
    List<RawMessage> messages = new ArrayList<>();
    new PlantedMarket(shape).play(messages::add);
    return messages;
  }

  @Test
  void theSameShapeGivesTheSameMessagesInOrderOfReceiveTime() {
    List<RawMessage> messages = play(SHAPE);
    assertThat(messages).isEqualTo(play(SHAPE));
    assertThat(messages).isNotEqualTo(play(new PlantedShape(12, 3, 120, 8, SHAPE.startUs())));
    assertThat(messages)
        .hasSizeGreaterThan(5000)
        .isSortedAccordingTo(Comparator.comparingLong(RawMessage::receiveTimeUs));
  }

  /** Every message can be used, every book is live and in order, trades are at its best prices. */
  @Test
  void itIsAMarketThatTheJobCanTrust() throws Exception {
    MessageDecoder decoder =
        new MessageDecoder(new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000), 1 << 20);
    Map<String, OrderBook> books = new HashMap<>();
    int trades = 0;
    for (RawMessage message : play(SHAPE)) {
      for (MarketEvent event :
          decoder.decode(
              message.venue(),
              message.key(),
              message.value().getBytes(StandardCharsets.UTF_8),
              message.receiveTimeUs())) {
        OrderBook book =
            books.computeIfAbsent(
                event.instrument().id(), id -> new OrderBook(new BookLimits(100, 10, 60_000_000)));
        if (event instanceof BookUpdate update) {
          book.apply(update);
          assertThat(book.status()).isEqualTo(BookStatus.LIVE);
          assertThat(book.bids().bestPrice()).isLessThan(book.asks().bestPrice());
          assertThat(book.bids().size()).isEqualTo(8);
        } else if (event instanceof Trade) {
          trades++;
        }
      }
    }
    assertThat(books).hasSize(12);
    assertThat(trades).isGreaterThan(300);
  }

  @Test
  void someFollowSomeAreThinAndSomeDie() {
    List<PlantedSymbol> symbols = new PlantedMarket(new PlantedShape(200, 4, 600, 1, 0)).symbols();
    assertThat(symbols).extracting(PlantedSymbol::lagMs).contains(0, 200, 2000);
    assertThat(symbols).anyMatch(symbol -> symbol.deadAfterSeconds() < 600);
    assertThat(symbols).anyMatch(symbol -> symbol.tradesPerSecond() < 0.2);
    assertThat(symbols).extracting(PlantedSymbol::symbol).doesNotHaveDuplicates();
  }
}
