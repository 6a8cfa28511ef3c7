package io.streamforge.engine;

import static io.streamforge.testkit.Updates.ACME;
import static io.streamforge.testkit.Updates.START_US;
import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookStatus;
import io.streamforge.instrument.Incident;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Touch;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.market.TradeKind;
import io.streamforge.testkit.Updates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of each message, as soon as it is applied. */
class MarketTapeTest {
  private static final InstrumentSettings SETTINGS = RecordedMarket.settings();

  private final List<String> told = new ArrayList<>();
  private final MarketEngine engine =
      new MarketEngine(1_000_000, new HeapInstruments(SETTINGS), new Nobody(), new Tape());

  private final class Tape implements MarketTape {
    @Override
    public void trade(Trade trade) {
      told.add("%s trade %d".formatted(trade.kind().text(), trade.id()));
    }

    @Override
    public void trust(BookUpdate by, long sequence, BookStatus status, String reason) {
      told.add("%d %s%s".formatted(sequence, status.text(), reason == null ? "" : " by " + reason));
    }

    @Override
    public void touch(BookUpdate by, long sequence, Touch touch, boolean proven) {
      told.add(
          "%d touch %d/%d %d/%d%s"
              .formatted(
                  sequence,
                  touch.bidQuantity(),
                  touch.bid(),
                  touch.askQuantity(),
                  touch.ask(),
                  proven ? "" : " unproven"));
    }
  }

  private static final class Nobody implements MarketListener {
    @Override
    public void sample(SymbolSample sample) {}

    @Override
    public void resync(Instrument instrument, Incident incident, long sampleUs) {}

    @Override
    public void samplesUntil(long sampleUs) {}
  }

  private List<String> told(Updates update) throws IOException {
    told.clear();
    engine.accept(update.build());
    return told;
  }

  @Test
  void aBookIsTrustedAndItsTouchChanges() throws IOException {
    assertThat(told(delta(6).bid("99", "3")))
        .containsExactly("-1 awaiting-snapshot by no-snapshot");
    assertThat(told(delta(7).bid("99", "3"))).isEmpty();
    assertThat(told(snapshot(7).bid("99", "1").bid("98", "1").ask("101", "1")))
        .containsExactly("7 live", "7 touch 1/99 1/101");
    assertThat(told(delta(8).bid("98", "5"))).isEmpty();
    assertThat(told(delta(9).bid("99", "2"))).containsExactly("9 touch 2/99 1/101");
    assertThat(told(delta(10).bid("99", "0"))).containsExactly("10 touch 5/98 1/101");
    assertThat(told(delta(11).ask("101", "0"))).containsExactly("11 touch 5/98 -1/-1");
    assertThat(told(delta(11).ask("101", "0"))).isEmpty();
  }

  @Test
  void aFinerScaleIsNoChange() throws IOException {
    told(snapshot(7).bid("99", "1").ask("101", "1"));
    assertThat(told(delta(8).bid("90.005", "0.25"))).isEmpty();
    assertThat(told(delta(9).bid("99", "1.5"))).containsExactly("9 touch 150/99000 100/101000");
  }

  @Test
  void aBookThatIsNotLiveHasNoTouch() throws IOException {
    told(snapshot(7).bid("99", "1").ask("101", "1"));
    assertThat(told(delta(9).bid("100", "2"))).containsExactly("7 gap by gap");
    assertThat(told(delta(10).bid("100", "3"))).isEmpty();
    assertThat(told(Updates.notice(BookUpdate.Kind.DISCONNECTED))).isEmpty();
    assertThat(told(snapshot(8).bid("99", "1").ask("101", "1")))
        .containsExactly("10 live", "10 touch 3/100 1/101");
    assertThat(told(Updates.notice(BookUpdate.Kind.DISCONNECTED)))
        .containsExactly("10 gap by disconnected");
  }

  @Test
  void aCrossedBookIsNotTrustedUntilItIsNot() throws IOException {
    told(snapshot(7).bid("99", "1").ask("101", "1"));
    assertThat(told(delta(8).bid("102", "1"))).containsExactly("8 crossed by crossed");
    assertThat(told(delta(9).bid("103", "1"))).isEmpty();
    assertThat(told(delta(10).bid("103", "0").bid("102", "0")))
        .containsExactly("10 live", "10 touch 1/99 1/101");
  }

  @Test
  void aTouchBeforeWhichSomethingUnknownMayStandIsUnproven() throws IOException {
    told(snapshot(7).cut().bid("99", "1").bid("98", "1").ask("100", "1").ask("101", "1"));
    assertThat(told(delta(8).bid("99", "0").bid("98", "0").bid("90", "1")))
        .containsExactly("8 touch 1/90 1/100 unproven");
    assertThat(told(delta(9).bid("96", "1"))).containsExactly("9 touch 1/96 1/100 unproven");
    // Now that the gap of 6 has one of 1 in it, so has the one before the best bid.
    assertThat(told(snapshot(10).bid("96", "1").ask("100", "1")))
        .containsExactly("10 touch 1/96 1/100");
  }

  /** Whether or not its instrument was forgotten as a whole before the message came. */
  @Test
  void aBookThatWasSilentForLongBeginsAnew() throws IOException {
    long laterUs = START_US + SETTINGS.forgetAfterUs() + 2_000_000;
    for (boolean forgotten : new boolean[] {false, true}) {
      told(snapshot(7).bid("99", "1").ask("101", "1").of(instrument(forgotten)));
      if (forgotten) {
        engine.completeUntil(laterUs);
      }
      assertThat(told(delta(8).bid("98", "1").of(instrument(forgotten)).at(laterUs)))
          .containsExactly("-1 awaiting-snapshot by no-snapshot");
      assertThat(told(snapshot(9).bid("97", "1").of(instrument(forgotten)).at(laterUs)))
          .containsExactly("9 live", "9 touch 1/97 -1/-1");
      long muchLaterUs = laterUs + SETTINGS.forgetAfterUs() + 2_000_000;
      assertThat(told(snapshot(9).bid("97", "1").of(instrument(forgotten)).at(muchLaterUs)))
          .containsExactly("9 live", "9 touch 1/97 -1/-1");
    }
  }

  private static Instrument instrument(boolean other) {
    return other ? new Instrument("acme", "Y/USD") : ACME;
  }

  @Test
  void eachTradeIsToldOnceWhateverItsKind() throws IOException {
    for (int id : new int[] {1, 1, 2}) {
      engine.accept(trade(id));
    }
    engine.accept(trade(3).as(TradeKind.BLOCK));
    assertThat(told).containsExactly("market trade 1", "market trade 2", "block trade 3");
  }

  private static Trade trade(int id) {
    return new Trade(ACME, TradeIds.CONSECUTIVE, id, 100, 0, 1, 0, Side.BUY, START_US, START_US);
  }
}
