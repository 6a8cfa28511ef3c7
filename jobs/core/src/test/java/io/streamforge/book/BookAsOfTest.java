package io.streamforge.book;

import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.market.InstrumentSpec;
import io.streamforge.testkit.Updates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BookAsOfTest {

  private static BookAsOf asOf(Updates... messages) {
    return BookAsOf.of(
        Books.of(messages), InstrumentSpec.spot(1), Updates.START_US + 2, Updates.START_US + 1);
  }

  private static Updates twentyLevels() {
    Updates snapshot = snapshot(7).at(Updates.START_US - 3);
    for (int i = 0; i < 20; i++) {
      snapshot.bid("" + (999 - i), "3").ask("" + (1001 + i), "1");
    }
    return snapshot;
  }

  @Test
  void saysWhatTheBookIs() {
    BookAsOf book = asOf(twentyLevels());
    assertThat(book.status()).isEqualTo(BookStatus.LIVE);
    assertThat(book.sequence()).isEqualTo(7);
    assertThat(book.lastMessageUs()).isEqualTo(Updates.START_US + 2);
    assertThat(book.freshUs()).isEqualTo(Updates.START_US + 1);
    assertThat(book.lastEventUs()).isEqualTo(Updates.START_US - 3);
    assertThat(book.mid()).isEqualTo(1000);
    assertThat(book.prices()).isEqualTo(new BookAsOf.Prices(1000, 1000.5, 5, 20));
    assertThat(book.imbalances()).isEqualTo(new BookAsOf.Imbalances(0.5, 0.5, 0.5));
    assertThat(book.depths().bid10Bps()).isEqualTo(3 * 999);
    assertThat(book.depths().ask10Bps()).isEqualTo(1001);
    assertThat(book.topFive()).isEqualTo(20);
    assertThat(book.known()).isEqualTo(new BookAsOf.Known(1000, true, false));
  }

  @Test
  void anOrderIsFilledAtTheAverageOfTheLevelsItTakes() {
    BookAsOf book = asOf(snapshot(1).bid("999", "100").ask("1000", "5").ask("1250", "100"));
    double bought = 5 + 5000 / 1250.0;
    assertThat(book.impacts().buyBps())
        .isCloseTo(1e4 * (10_000 / bought - 999.5) / 999.5, within(1e-9));
    assertThat(book.impacts().sellBps()).isCloseTo(1e4 * 0.5 / 999.5, within(1e-9));
  }

  @Test
  void anOrderIsFilledTheSameWhateverTheScales() {
    BookAsOf coarse = asOf(snapshot(1).bid("999", "100").ask("1000", "5").ask("1250", "100"));
    BookAsOf fine = asOf(snapshot(1).bid("999.00", "100").ask("1000", "5.0").ask("1250", "100"));
    assertThat(fine.impacts().buyBps()).isCloseTo(coarse.impacts().buyBps(), within(1e-9));
    assertThat(fine.impacts().sellBps()).isCloseTo(coarse.impacts().sellBps(), within(1e-9));
  }

  @Test
  void anOrderThatTakesAllThereIsIsFilledALargerOneIsNot() {
    assertThat(asOf(snapshot(1).bid("999", "1").ask("1000", "10")).impacts().buyBps())
        .isCloseTo(1e4 * 0.5 / 999.5, within(1e-9));
    assertThat(asOf(snapshot(1).bid("999", "1").ask("1000", "9.99")).impacts().buyBps()).isNaN();
  }

  @Test
  void aLiveBookWhoseBestPricesMeetIsCrossedAndHasNoPrices() {
    for (String bid : new String[] {"1001", "1002"}) {
      Updates crossing = delta(2).bid(bid, "1");
      BookAsOf book = asOf(snapshot(1).bid("999", "1").ask("1001", "1"), crossing);
      assertThat(book.status()).isEqualTo(BookStatus.CROSSED);
      assertThat(book.mid()).isNaN();
      assertThat(book.sequence()).isEqualTo(2);
      assertThat(book.topFive()).isNaN();
      assertThat(BookAsOf.isCrossed(Books.of(snapshot(1).bid("999", "1").ask("1001", "1"))))
          .isFalse();
    }
  }

  @Test
  void aBookOfOneSideIsLiveAndHasNoPrices() {
    OrderBook bidsAlone = Books.of(snapshot(1).bid("999", "1"));
    OrderBook asksAlone = Books.of(snapshot(1).ask("999", "1"));
    for (OrderBook book : new OrderBook[] {bidsAlone, asksAlone}) {
      BookAsOf asOf = BookAsOf.of(book, InstrumentSpec.spot(1), 0, 0);
      assertThat(asOf.status()).isEqualTo(BookStatus.LIVE);
      assertThat(asOf.mid()).isNaN();
      assertThat(BookAsOf.mid(book)).isNaN();
      assertThat(BookAsOf.isCrossed(book)).isFalse();
    }
  }

  @Test
  void theMidOfLargePricesAndOfFinePricesIsTheNearestDouble() {
    OrderBook book =
        Books.of(snapshot(1).bid("2000000000000000001", "1").ask("2000000000000000002", "1"));
    assertThat(BookAsOf.mid(book)).isEqualTo(2e18);
    assertThat(BookAsOf.mid(Books.of(snapshot(1).bid("0.1", "1").ask("0.2", "1")))).isEqualTo(0.15);
  }

  @Test
  void isReadBackAsItWas() throws IOException {
    BookAsOf[] books = {
      BookAsOf.NOTHING,
      asOf(twentyLevels()),
      asOf(snapshot(1).cut().bid("999", "1").ask("1001", "1"), delta(2).bid("998", "4")),
      asOf(snapshot(1).bid("999", "1"))
    };
    for (BookAsOf book : books) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      book.writeTo(new DataOutputStream(bytes));
      ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
      assertThat(BookAsOf.readFrom(new DataInputStream(in))).isEqualTo(book);
      assertThat(in.available()).isZero();
    }
  }
}
