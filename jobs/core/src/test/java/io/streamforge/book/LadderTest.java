package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.testkit.Updates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LadderTest {
  /** Levels that take seconds sorted, and an hour where each moves all of those before it. */
  private static final int MILLION = 1_000_000;

  /** All levels at once are what they are one by one, also in the pages that are written. */
  @Property(tries = 500)
  void allAtOnceAreWhatTheyAreOneByOne(@ForAll long seed, @ForAll boolean bids) throws IOException {
    Random random = new Random(seed);
    Ladder atOnce = new Ladder(bids);
    Ladder oneByOne = new Ladder(bids);
    PagesInMemory pages = new PagesInMemory();
    for (int message = 0; message < 10; message++) {
      Updates updates = Updates.delta();
      for (int i = random.nextInt(300); i > 0; i--) {
        String quantity = random.nextInt(3) == 0 ? "0" : String.valueOf(random.nextInt(9));
        updates.bid(String.valueOf(1 + random.nextInt(200 * (1 + message))), quantity);
      }
      BookUpdate update = updates.build();
      atOnce.setAll(new SortedLevels(atOnce, update, 0, update.levels(), 0, 0));
      for (int i = 0; i < update.levels(); i++) {
        oneByOne.set(update.price(i), update.quantity(i), update.sentScales(i));
      }
      assertThat(atOnce.copy()).isEqualTo(oneByOne.copy());
      assertThat(writtenAndRead(atOnce, pages, bids).copy()).isEqualTo(oneByOne.copy());
    }
  }

  private static Ladder writtenAndRead(Ladder ladder, PagesInMemory pages, boolean bids)
      throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    ladder.writeTo(new DataOutputStream(header), pages);
    Ladder read = new Ladder(bids);
    read.readFrom(new DataInputStream(new ByteArrayInputStream(header.toByteArray())), pages);
    return read;
  }

  @Test
  @Timeout(30)
  void aSnapshotOfAMillionLevelsTakesNoLongerThanItsSize() {
    Updates snapshot = Updates.snapshot(1);
    for (int i = MILLION; i > 0; i--) { // best first, as venues send it
      snapshot.bid(String.valueOf(i), "1").ask(String.valueOf(2 * MILLION - i), "1");
    }
    OrderBook book = Books.of(snapshot);
    assertThat(book.bids().bestPrice()).isEqualTo(MILLION);
    assertThat(book.bids().size()).isEqualTo(Books.LIMITS.levels());
    assertThat(book.asks().size()).isEqualTo(Books.LIMITS.levels());
  }
}
