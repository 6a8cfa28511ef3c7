package io.streamforge.marketgraph;

import static io.streamforge.testkit.Updates.ACME;
import static io.streamforge.testkit.Updates.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.testkit.Updates;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedSamplesTest {
  private static final long SECOND_US = 1_000_000;
  private static final Instrument OTHER = new Instrument("acme", "Y/USD");

  private final ExpectedSamples expected = new ExpectedSamples(SECOND_US, 300 * SECOND_US);

  private static BookUpdate notice(BookUpdate.Kind kind, Instrument instrument, long timeUs) {
    return new BookUpdateBuilder().begin().notice(kind).build(instrument, timeUs, timeUs);
  }

  private static BookUpdate message(Instrument instrument, long timeUs) {
    return Updates.delta().of(instrument).at(timeUs).build();
  }

  private static Trade trade(Instrument instrument, long timeUs) {
    return new Trade(instrument, TradeIds.NONE, 0, 100, 0, 1, 0, Side.BUY, timeUs, timeUs);
  }

  @Test
  void theLastIsTheOneThatHoldsTheNewestTime() {
    assertThat(expected.isEmpty()).isTrue();
    assertThat(expected.lastUs()).isEqualTo(Long.MIN_VALUE);
    assertThat(expected.instrumentsOfLast()).isEmpty();

    expected.add(message(ACME, START_US));
    expected.add(message(OTHER, START_US + 299 * SECOND_US + 1));
    expected.add(message(OTHER, START_US + 10 * SECOND_US));

    assertThat(expected.lastUs()).isEqualTo(START_US + 300 * SECOND_US);
    assertThat(expected.instrumentsOfLast()).containsExactlyInAnyOrder(ACME.id(), OTHER.id());

    expected.add(message(OTHER, START_US + 300 * SECOND_US));
    assertThat(expected.instrumentsOfLast()).containsExactly(OTHER.id());
  }

  /** Whoever waits for a record of it waits for ever. */
  @Test
  void aNoticeOfABookThatNothingElseIsKnownOfGivesNothing() {
    for (BookUpdate.Kind kind : List.of(BookUpdate.Kind.UNREADABLE, BookUpdate.Kind.DISCONNECTED)) {
      expected.add(notice(kind, OTHER, START_US));
      assertThat(expected.isEmpty()).isTrue();
    }
    expected.add(message(ACME, START_US));
    expected.add(trade(OTHER, START_US));
    expected.add(notice(BookUpdate.Kind.UNREADABLE, OTHER, START_US + 5 * SECOND_US));
    assertThat(expected.lastUs()).isEqualTo(START_US + SECOND_US);
  }

  /** A book that is lost again is heard of, even if its instrument samples no more. */
  @Test
  void aNoticeOfABookThatIsKnownCountsAsAnyMessage() {
    expected.add(message(ACME, START_US));
    expected.add(notice(BookUpdate.Kind.DISCONNECTED, ACME, START_US + 299 * SECOND_US));
    assertThat(expected.lastUs()).isEqualTo(START_US + 300 * SECOND_US);
    expected.add(notice(BookUpdate.Kind.DISCONNECTED, ACME, START_US + 700 * SECOND_US));
    assertThat(expected.lastUs()).isEqualTo(START_US + 701 * SECOND_US);
    assertThat(expected.instrumentsOfLast()).containsExactly(ACME.id());
  }
}
