package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.Updates;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptOfOthersTest {
  private final KeptOfOthers others = new KeptOfOthers(Books.LIMITS);
  private final KeptUpdates handed = new KeptUpdates(Books.LIMITS);
  private final Trust trust = new Trust();

  private static BookUpdateBuilder begin(int feed) {
    return new BookUpdateBuilder().begin().feed(feed);
  }

  private static BookUpdate built(BookUpdateBuilder update, long session, long timeUs) {
    return update.build(Updates.ACME, timeUs, timeUs).inSession(session);
  }

  private static BookUpdate delta(int feed, long session, long number, long timeUs) {
    return built(begin(feed).delta(number - 1, number), session, timeUs);
  }

  private static BookUpdate snapshot() {
    return built(begin(2).snapshot(10), 7, 100);
  }

  private static List<Long> numbers(KeptUpdates of) {
    return of.copy().stream().map(BookUpdate::sequence).toList();
  }

  @Test
  void handsOverTheDeltasOfTheSnapshotsFeedAndSession() {
    others.add(delta(2, 7, 12, 120));
    others.add(delta(3, 7, 13, 130));
    others.add(delta(2, 8, 14, 140));
    others.add(delta(2, 7, 11, 110));
    others.handOver(snapshot(), handed, trust, false);
    assertThat(numbers(handed)).containsExactly(12L, 11L);
    assertThat(numbers(others.updates())).containsExactly(13L, 14L);
    assertThat(trust.isWholeAt(0)).isTrue();
  }

  @Test
  void handsThemOverInTheirOrderWhereThatIsAskedFor() {
    others.add(delta(2, 7, 12, 120));
    others.add(delta(2, 7, 11, 110));
    others.handOver(snapshot(), handed, trust, true);
    assertThat(numbers(handed)).containsExactly(11L, 12L);
  }

  @Test
  void tellsWhatTheSessionHasLostAndKeepsWhatOthersHave() {
    others.add(built(begin(2).delta(11, 12).flawed(), 7, 120));
    others.add(built(begin(0).notice(BookUpdate.Kind.UNREADABLE), 7, 130));
    others.add(built(begin(0).notice(BookUpdate.Kind.UNREADABLE), 8, 140));
    others.add(built(begin(3).delta(14, 15).flawed(), 7, 150));
    others.handOver(snapshot(), handed, trust, false);
    assertThat(trust.isWholeAt(129)).isFalse();
    assertThat(trust.isWholeAt(130)).isTrue();
    assertThat(others.updates().size()).isEqualTo(2);
  }

  @Test
  void knowsHowNewASnapshotIsWithItsDeltas() {
    assertThat(others.newestUs(snapshot())).isEqualTo(100);
    assertThat(others.highestNumber(snapshot())).isEqualTo(10);
    others.add(delta(2, 7, 12, 120));
    others.add(delta(2, 8, 14, 140));
    others.add(built(begin(2).delta(12, 13).untimed(), 7, 150));
    assertThat(others.newestUs(snapshot())).isEqualTo(120);
    assertThat(others.highestNumber(snapshot())).isEqualTo(13);
    BookUpdate untimed = built(begin(2).snapshot(10).untimed(), 9, 100);
    assertThat(others.newestUs(untimed)).isEqualTo(HeldBook.NEVER);
  }

  @Test
  void forgetsASession() {
    others.add(delta(2, 7, 12, 120));
    others.add(delta(3, 8, 14, 140));
    assertThat(others.hasDeltasOf(2)).isTrue();
    others.forget(7);
    assertThat(others.hasDeltasOf(2)).isFalse();
    assertThat(others.hasDeltasOf(3)).isTrue();
  }
}
