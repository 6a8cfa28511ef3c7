package io.streamforge.book;

import static io.streamforge.market.BookUpdate.NO_SEQUENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.Updates;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
  private final KeptUpdates kept = new KeptUpdates(Books.LIMITS);
  private final Chain chain = new Chain(kept);

  private static BookUpdate delta(long previous, long number, long afterUs) {
    long timeUs = Updates.START_US + afterUs;
    return new BookUpdateBuilder()
        .begin()
        .delta(previous, number)
        .build(Updates.ACME, timeUs, timeUs);
  }

  private static BookUpdate numbered(long number, long afterUs) {
    return delta(NO_SEQUENCE, number, afterUs);
  }

  private static BookUpdate snapshot(long number) {
    return new BookUpdateBuilder()
        .begin()
        .snapshot(number)
        .build(Updates.ACME, Updates.START_US, Updates.START_US);
  }

  private List<Long> keptNumbers() {
    return kept.copy().stream().map(BookUpdate::sequence).toList();
  }

  private void keep(BookUpdate... deltas) {
    for (BookUpdate delta : deltas) {
      kept.add(delta);
    }
  }

  @Test
  void areFollowedFromASnapshotToTheEndOfTheirChain() {
    keep(delta(13, 14, 0), delta(10, 12, 0), delta(12, 13, 0), delta(20, 21, 0));
    assertThat(chain.endFrom(snapshot(10))).isEqualTo(14);
    assertThat(chain.endFrom(snapshot(15))).isEqualTo(15);
    Continuity at = new Continuity();
    at.begin(snapshot(10));
    assertThat(chain.next(at, 0, new BitSet())).isEqualTo(1);
    assertThat(kept.get(1).sequence()).isEqualTo(12);
    assertThat(chain.next(at, 2, new BitSet())).isEqualTo(1); // looked for around the end
    at.begin(snapshot(30));
    assertThat(chain.next(at, 0, new BitSet())).isEqualTo(-1);
  }

  @Test
  void oneThatCannotBeReadIsNoNextOne() {
    BookUpdate flawed =
        new BookUpdateBuilder()
            .begin()
            .delta(10, 11)
            .flawed()
            .build(Updates.ACME, Updates.START_US, Updates.START_US);
    keep(flawed);
    assertThat(chain.endFrom(snapshot(10))).isEqualTo(10);
  }

  @Test
  void theNewestIsTheLastByTimeThenByNumber() {
    assertThat(chain.newest()).isNull();
    keep(numbered(9, 5), numbered(3, 20), numbered(4, 20), numbered(8, 10));
    assertThat(chain.newest().sequence()).isEqualTo(4);
    assertThat(chain.lowestAboveNewest()).isEqualTo(8);
  }

  @Test
  void nothingIsAboveTheNewestWhereTimesAndNumbersAgree() {
    keep(numbered(3, 5), numbered(4, 20), numbered(4, 10));
    assertThat(chain.lowestAboveNewest()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void onesOvertakenByALowerNumberAreTakenAway() {
    keep(numbered(3, 5), numbered(4, 20), numbered(4, 30), numbered(8, 30), numbered(9, 29));
    chain.removeOvertaken();
    assertThat(keptNumbers()).containsExactly(3L, 4L, 4L, 8L);
  }

  @Test
  void whoWasKeptFirstDoesNotMatter() {
    keep(numbered(9, 29), numbered(8, 30), numbered(3, 5));
    chain.removeOvertaken();
    assertThat(keptNumbers()).containsExactly(8L, 3L);
  }

  @Test
  void oneFromWhichAnotherGoesOnIsNotOvertaken() {
    keep(delta(2, 3, 50), delta(8, 9, 10), delta(9, 10, 60));
    chain.removeOvertaken();
    assertThat(keptNumbers()).containsExactly(3L, 9L, 10L);
  }

  @Test
  void oneWithoutATimeIsNeitherOvertakenNorOvertakes() {
    BookUpdate untimed =
        new BookUpdateBuilder()
            .begin()
            .delta(NO_SEQUENCE, 5)
            .untimed()
            .build(Updates.ACME, Updates.START_US + 1, Updates.START_US + 1);
    keep(numbered(3, 50), untimed, numbered(8, 50));
    chain.removeOvertaken();
    assertThat(keptNumbers()).containsExactly(3L, 5L, 8L);
    assertThat(chain.lowestAboveNewest()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void numbersThatRunInARingAreFollowedOnce() {
    keep(delta(5, 7, 0), delta(7, 5, 0));
    assertThat(chain.endFrom(snapshot(5))).isEqualTo(5);
  }
}
