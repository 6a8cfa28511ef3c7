package io.streamforge.book;

import static io.streamforge.book.Sessions.Standing.CURRENT;
import static io.streamforge.book.Sessions.Standing.FIRST;
import static io.streamforge.book.Sessions.Standing.OVER;
import static io.streamforge.book.Sessions.Standing.SUPERSEDED;
import static io.streamforge.book.Sessions.Standing.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.Updates;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final long HOUR_US = 3_600_000_000L;

  private final Sessions sessions = new Sessions();

  private static BookUpdate of(long session, long afterUs) {
    return Updates.snapshot(1).at(Updates.START_US + afterUs).build().inSession(session);
  }

  private static BookUpdate disconnected(long session, long afterUs) {
    long timeUs = Updates.START_US + afterUs;
    return new BookUpdateBuilder()
        .begin()
        .untimed()
        .notice(BookUpdate.Kind.DISCONNECTED)
        .build(Updates.ACME, timeUs, timeUs)
        .inSession(session);
  }

  @Test
  void noSessionIsTheCurrentOneBeforeASnapshot() {
    assertThat(sessions.standing(of(7, 0))).isEqualTo(FIRST);
    sessions.begin(of(7, 0));
    assertThat(sessions.current()).isEqualTo(7);
    assertThat(sessions.standing(of(7, 1))).isEqualTo(CURRENT);
    assertThat(sessions.standing(of(8, 1))).isEqualTo(WAITING);
  }

  @Test
  void aSessionThatWasFollowedIsOverForAnHour() {
    sessions.begin(of(7, 0));
    sessions.begin(of(8, 10));
    assertThat(sessions.current()).isEqualTo(8);
    assertThat(sessions.standing(of(7, 10 + HOUR_US))).isEqualTo(OVER);
    assertThat(sessions.standing(of(7, 11 + HOUR_US))).isEqualTo(WAITING);
  }

  @Test
  void aSupersededSessionMayGoOnWhenTheCurrentOneHasEnded() {
    sessions.begin(of(7, 0));
    sessions.begin(of(8, 1));
    assertThat(sessions.standing(disconnected(8, 2))).isEqualTo(CURRENT);
    assertThat(sessions.hasCurrentEnded()).isTrue();
    assertThat(sessions.standing(of(7, 3))).isEqualTo(SUPERSEDED);
    assertThat(sessions.standing(of(8, 4))).isEqualTo(CURRENT); // it goes on itself
    assertThat(sessions.hasCurrentEnded()).isFalse();
    assertThat(sessions.standing(of(7, 5))).isEqualTo(OVER);
  }

  @Test
  void aSessionThatHasEndedItselfIsOverUntilItBeginsTheBook() {
    sessions.begin(of(7, 0));
    sessions.end(disconnected(9, 1)); // waits
    assertThat(sessions.standing(disconnected(7, 2))).isEqualTo(CURRENT);
    sessions.begin(of(8, 3));
    assertThat(sessions.hasCurrentEnded()).isFalse();
    assertThat(sessions.standing(disconnected(8, 4))).isEqualTo(CURRENT);
    assertThat(sessions.standing(of(7, 5))).isEqualTo(OVER);
    assertThat(sessions.standing(of(9, 5))).isEqualTo(OVER);
    sessions.begin(of(7, 6));
    sessions.begin(of(9, 7));
    assertThat(sessions.standing(disconnected(9, 8))).isEqualTo(CURRENT);
    assertThat(sessions.standing(of(7, 9))).isEqualTo(SUPERSEDED);
    sessions.end(disconnected(7, 10));
    assertThat(sessions.standing(of(7, 11))).isEqualTo(OVER);
  }

  @Test
  void theFirstSessionLeavesNoneBehind() {
    sessions.begin(of(7, 0));
    assertThat(sessions.standing(of(BookUpdate.NO_SESSION, 1))).isEqualTo(WAITING);
  }

  @Test
  void aSessionThatComesBackIsNotOver() {
    sessions.begin(of(7, 0));
    sessions.begin(of(8, 1));
    sessions.begin(of(7, 2));
    assertThat(sessions.standing(of(7, 3))).isEqualTo(CURRENT);
    assertThat(sessions.standing(of(8, 3))).isEqualTo(OVER);
    sessions.begin(of(9, 4));
    assertThat(sessions.standing(of(7, 5))).isEqualTo(OVER);
    assertThat(sessions.standing(of(8, 2 + HOUR_US))).isEqualTo(OVER);
    assertThat(sessions.standing(of(8, 3 + HOUR_US))).isEqualTo(WAITING);
  }

  @Test
  void eightThatAreOverAreRemembered() {
    for (int session = 1; session <= 10; session++) {
      sessions.begin(of(session, session));
    }
    assertThat(sessions.standing(of(1, 20))).isEqualTo(WAITING);
    for (int session = 2; session <= 9; session++) {
      assertThat(sessions.standing(of(session, 20))).as("session %d", session).isEqualTo(OVER);
    }
  }

  @Test
  void twoThatTakeTurnsDoNotPushOthersOut() {
    sessions.begin(of(1, 0));
    for (int turn = 1; turn <= 20; turn++) {
      sessions.begin(of(7 + turn % 2, turn));
    }
    assertThat(sessions.standing(of(1, 30))).isEqualTo(OVER);
  }

  @Test
  void theCurrentOneIsDeadAfterMoreThanFiveSecondsOfOthersAlone() {
    sessions.begin(of(7, 0));
    sessions.begin(of(8, 0));
    assertThat(sessions.isCurrentDead(of(7, 1_000_000))).isFalse();
    assertThat(sessions.isCurrentDead(of(7, 6_000_000))).isFalse();
    assertThat(sessions.isCurrentDead(of(7, 6_000_001))).isTrue();
  }

  @Test
  void theCurrentOneLivesAgainWithEachOfItsMessages() {
    sessions.begin(of(7, 0));
    sessions.begin(of(8, 0));
    assertThat(sessions.isCurrentDead(of(7, 1_000_000))).isFalse();
    assertThat(sessions.standing(of(8, 2_000_000))).isEqualTo(CURRENT);
    assertThat(sessions.isCurrentDead(of(7, 6_500_000))).isFalse();
    assertThat(sessions.isCurrentDead(of(7, 11_500_001))).isTrue();
    sessions.begin(of(9, 12_000_000)); // one that has begun has not been silent
    assertThat(sessions.isCurrentDead(of(7, 12_000_001))).isFalse();
  }

  @Test
  void theirStateIsReadBack() throws IOException {
    sessions.begin(of(7, 5));
    sessions.begin(of(8, 6));
    sessions.end(disconnected(9, 7));
    assertThat(sessions.standing(disconnected(8, 8))).isEqualTo(CURRENT);
    assertThat(sessions.isCurrentDead(of(7, 1_000_000))).isFalse();
    Sessions read = new Sessions();
    WrittenState.copy(sessions::writeTo, read::readFrom);
    assertThat(read.current()).isEqualTo(8);
    assertThat(read.hasCurrentEnded()).isTrue();
    assertThat(read.standing(of(9, 9))).isEqualTo(OVER);
    assertThat(read.standing(of(7, 6 + HOUR_US))).isEqualTo(SUPERSEDED);
    assertThat(read.standing(of(7, 7 + HOUR_US))).isEqualTo(WAITING);
    assertThat(read.isCurrentDead(of(7, 6_000_001))).isTrue();
  }

  @Test
  void nothingIsRememberedAfterAReset() {
    sessions.begin(of(7, 0));
    sessions.begin(of(8, 0));
    assertThat(sessions.isCurrentDead(of(7, 0))).isFalse();
    sessions.reset();
    assertThat(sessions.current()).isEqualTo(BookUpdate.NO_SESSION);
    assertThat(sessions.standing(of(9, 0))).isEqualTo(FIRST);
    sessions.begin(of(9, 0));
    assertThat(sessions.standing(of(7, 1))).isEqualTo(WAITING);
    assertThat(sessions.isCurrentDead(of(7, 9_000_000))).isFalse();
  }
}
