package io.streamforge.marketgraph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookStatus;
import io.streamforge.instrument.Incident;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Decimals;
import io.streamforge.market.Instrument;
import io.streamforge.market.Origin;
import io.streamforge.market.Side;
import io.streamforge.market.Touch;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.topic.OutputRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketEventsTest {
  private static final MarketEvents.RawTopics TOPICS =
      new MarketEvents.RawTopics("t".repeat(249), "t".repeat(249));
  private static final Instrument LONGEST = new Instrument("v".repeat(128), "€".repeat(128));
  private static final Origin FAR = new Origin(Long.MIN_VALUE, 99_999, Long.MIN_VALUE, 99_999);

  private final List<OutputRecord> records = new ArrayList<>();
  private final MarketEvents events = new MarketEvents(TOPICS, records::add);

  private static BookUpdate update() {
    return new BookUpdateBuilder().begin().build(LONGEST, Long.MIN_VALUE, Long.MIN_VALUE).from(FAR);
  }

  @Test
  void noRecordIsLargerThanTheLargest() {
    long most = Decimals.LIMIT - 1;
    events.touch(update(), Long.MIN_VALUE, new Touch(most, most, most, most, 18, 18), false);
    for (BookStatus status : BookStatus.values()) {
      for (Incident.Reason reason : Incident.Reason.values()) {
        events.trust(update(), Long.MIN_VALUE, status, reason.text());
      }
    }
    events.trade(
        new Trade(LONGEST, TradeIds.UNORDERED, 0, most, 18, most, 18, Side.SELL, 0, 0)
            .under("\u0001".repeat(1_000))
            .from(FAR));
    long largest = MarketEvents.largest(LONGEST, TOPICS).sizeInLog();
    assertThat(records).allMatch(record -> record.sizeInLog() <= largest);
    assertThat(largest).isBetween(8_000L, 9_000L); // docs/output.md says 9 kB
  }

  @Test
  void whatAMessageSaysTwiceHasPlacesOneAfterTheOther() {
    events.trust(update(), 7, BookStatus.LIVE, null);
    events.touch(update(), 7, new Touch(1, 1, 2, 1, 0, 0), true);
    assertThat(records)
        .extracting(record -> record.headers().get("n"))
        .containsExactly("199998", "199999");
    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(new String(record.key(), UTF_8)).isEqualTo(LONGEST.symbol());
              assertThat(record.headers())
                  .containsEntry("venue", LONGEST.venue())
                  .containsEntry("instrument", LONGEST.id())
                  .containsEntry("topic", TOPICS.orderbooks());
            });
  }
}
