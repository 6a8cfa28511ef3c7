package io.streamforge.book;

import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.Updates;
import org.junit.jupiter.api.Test;

/** How much of a side is held and known, where a book holds three levels a side at most. */
class BookSideTest {
  private static final BookLimits THREE = new BookLimits(3, 1000, 60_000_000);

  private final OrderBook book = new OrderBook(THREE);

  private void apply(Updates message) {
    assertThat(book.apply(message.build()).applied()).isTrue();
  }

  private static Updates bids(int levels) {
    Updates snapshot = snapshot(1).ask("1001", "1");
    for (int i = 0; i < levels; i++) {
      snapshot.bid("" + (999 - i), "1");
    }
    return snapshot;
  }

  @Test
  void aSideThatIsAsLongAsTheLimitIsWhole() {
    apply(bids(3));
    assertThat(book.bids().size()).isEqualTo(3);
    assertThat(book.bids().isPartlyKnown()).isFalse();
    assertThat(book.knownBps()).isEqualTo(1000);
  }

  @Test
  void aLongerOneIsCutAndKnownToItsWorstLevel() {
    apply(bids(4));
    assertThat(book.bids().size()).isEqualTo(3);
    assertThat(book.bids().isPartlyKnown()).isTrue();
    assertThat(book.knownBps()).isEqualTo(30);
    apply(delta(2).bid("998", "0"));
    apply(delta(3).bid("990", "5")); // beyond what is known
    assertThat(book.bids().isKnown(1)).isTrue();
    assertThat(book.bids().isKnown(2)).isFalse();
    assertThat(book.bids().topQuantity(3)).isNull();
    assertThat(book.bids().topQuantity(2).toDouble(0)).isEqualTo(2);
  }

  @Test
  void aFeedOfMoreLevelsThanTheLimitIsHeldAtTheLimit() {
    apply(bids(5).depth(5));
    assertThat(book.bids().size()).isEqualTo(3);
    assertThat(book.bids().isPartlyKnown()).isFalse();
    assertThat(book.bids().isKnown(2)).isTrue();
    assertThat(book.knownBps()).isEqualTo(30);
    apply(delta(2).bid("998", "0"));
    assertThat(book.knownBps()).isEqualTo(1000); // it would have sent more
    assertThat(book.bids().topQuantity(3).toDouble(0)).isEqualTo(2);
  }

  @Test
  void aFeedOfFewerLevelsIsHeldAtItsOwn() {
    apply(bids(2).depth(2));
    apply(delta(2).bid("1000", "1"));
    assertThat(book.bids().size()).isEqualTo(2);
    assertThat(book.bids().price(1)).isEqualTo(999);
  }

  @Test
  void theSmallestGapIsThatOfTheRanksAskedFor() {
    apply(snapshot(1).bid("999", "1").bid("995", "1").bid("994", "1").ask("1001", "1"));
    assertThat(book.bids().smallestGap(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(book.bids().smallestGap(2)).isEqualTo(4);
    assertThat(book.bids().smallestGap(3)).isEqualTo(1);
    assertThat(book.bids().smallestGap(20)).isEqualTo(1);
    assertThat(book.asks().smallestGap(20)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void finerNumbersMoveWhatIsKnownAndNothingElse() {
    apply(bids(4));
    apply(delta(2).bid("999.5", "0.25"));
    assertThat(book.priceScale()).isEqualTo(1);
    assertThat(book.quantityScale()).isEqualTo(2);
    assertThat(book.bids().price(1)).isEqualTo(9990);
    assertThat(book.bids().quantity(1)).isEqualTo(100);
    assertThat(book.bids().isKnown(2)).isTrue();
    assertThat(book.bids().size()).isEqualTo(3);
  }

  @Test
  void whatIsKnownIsReadBack() {
    apply(bids(4));
    apply(delta(2).bid("998", "0"));
    OrderBook read = new PagesInMemory().restarted(book, THREE);
    assertThat(read.knownBps()).isEqualTo(30);
    assertThat(read.apply(delta(3).bid("990", "5").build()).applied()).isTrue();
    assertThat(read.bids().isPartlyKnown()).isTrue();
    assertThat(read.bids().isKnown(1)).isTrue();
    assertThat(read.bids().isKnown(2)).isFalse();
  }

  @Test
  void theDepthOfTheFeedIsReadBack() {
    apply(bids(2).depth(2));
    OrderBook read = new PagesInMemory().restarted(book, THREE);
    assertThat(read.knownBps()).isEqualTo(20);
    assertThat(read.apply(delta(2).bid("1000", "1").build()).applied()).isTrue();
    assertThat(read.bids().size()).isEqualTo(2);
    assertThat(read.bids().price(1)).isEqualTo(999);
  }
}
