package io.streamforge.book;

import static io.streamforge.book.Outcome.APPLIED;
import static io.streamforge.book.Outcome.CHECKSUM_MISMATCH;
import static io.streamforge.book.Outcome.CONFIRMED;
import static io.streamforge.book.Outcome.COUNTS_ANEW;
import static io.streamforge.book.Outcome.DISCONNECTED;
import static io.streamforge.book.Outcome.DRIFT;
import static io.streamforge.book.Outcome.GAP;
import static io.streamforge.book.Outcome.LOST_RECORDS;
import static io.streamforge.book.Outcome.SNAPSHOT_APPLIED;
import static io.streamforge.book.Outcome.UNREADABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the outcomes have in common; one that is in no list does nothing to the book. */
class OutcomeTest {

  @Test
  void threeMakeTheLevelsWhatTheMessageSays() {
    assertThat(Arrays.stream(Outcome.values()).filter(Outcome::applied))
        .containsExactly(APPLIED, SNAPSHOT_APPLIED, DRIFT);
  }

  @Test
  void theseAndAConfirmationShowThatTheBookIsTheVenues() {
    assertThat(Arrays.stream(Outcome.values()).filter(Outcome::refreshes))
        .containsExactly(APPLIED, SNAPSHOT_APPLIED, DRIFT, CONFIRMED);
  }

  @Test
  void sixStopABookFromBeingLive() {
    assertThat(Arrays.stream(Outcome.values()).filter(Outcome::loses))
        .containsExactly(
            GAP, COUNTS_ANEW, CHECKSUM_MISMATCH, UNREADABLE, DISCONNECTED, LOST_RECORDS);
  }
}
