package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.Updates;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FeedDepthTest {
  private final FeedDepth depth = new FeedDepth();

  /** A snapshot that does not say its depth, which is at least the longer of its sides. */
  private static BookUpdate snapshot(int atLeast, int bids, int asks) {
    BookUpdateBuilder builder = new BookUpdateBuilder().begin();
    builder.snapshot(1).atLeastDepth(atLeast);
    for (int i = 0; i < bids + asks; i++) {
      builder.level(i < bids, i < bids ? 5000 - i : 6000 + i, 0, 1, 0);
    }
    return builder.build(Updates.ACME, Updates.START_US, Updates.START_US);
  }

  @Test
  void isWhatTheSnapshotSays() {
    BookUpdate snapshot = Updates.snapshot(1).depth(50).bid("9", "1").ask("10", "1").build();
    assertThat(depth.held(snapshot)).isEqualTo(50);
    assertThat(depth.known(snapshot, 50)).isEqualTo(50);
    depth.mistrust(); // no guess was wrong
    assertThat(depth.held(snapshot(25, 25, 3))).isEqualTo(25);
  }

  @Test
  void isWhatTheVenueAcknowledgedIfThatHoldsTheSnapshot() {
    depth.subscribe(100);
    assertThat(depth.held(snapshot(100, 40, 40))).isEqualTo(100);
    assertThat(depth.known(snapshot(100, 40, 40), 100)).isEqualTo(100);
    assertThat(depth.held(snapshot(500, 500, 500))).isEqualTo(500);
  }

  @Test
  void aSideAsLongAsADepthEndsThereThenTheLargestAreTried() {
    BookUpdate fullBids = snapshot(100, 100, 3);
    for (int held : new int[] {100, 1000, 500, 100}) {
      assertThat(depth.held(fullBids)).isEqualTo(held);
      assertThat(depth.known(fullBids, held)).isEqualTo(100);
      depth.mistrust();
    }
    FeedDepth other = new FeedDepth();
    assertThat(other.held(snapshot(100, 3, 100))).isEqualTo(100);
  }

  @Test
  void aSideThatIsNotFullIsHeldAtTheLargestFirst() {
    BookUpdate open = snapshot(100, 40, 30);
    for (int held : new int[] {1000, 500, 100, 1000}) {
      assertThat(depth.held(open)).isEqualTo(held);
      assertThat(depth.known(open, held)).isEqualTo(100);
      depth.mistrust();
    }
  }

  @Test
  void aSubscriptionForgetsWrongGuesses() {
    BookUpdate open = snapshot(100, 40, 30);
    assertThat(depth.held(open)).isEqualTo(1000);
    depth.mistrust();
    depth.subscribe(10);
    assertThat(depth.held(open)).isEqualTo(1000);
  }

  @Test
  void whatIsKnownIsReadBack() throws IOException {
    depth.subscribe(10);
    BookUpdate open = snapshot(100, 40, 30);
    depth.held(open);
    depth.mistrust();
    FeedDepth read = new FeedDepth();
    WrittenState.copy(depth::writeTo, read::readFrom);
    assertThat(read.known(open, 1000)).isEqualTo(100);
    assertThat(read.held(snapshot(10, 4, 3))).isEqualTo(10);
    assertThat(read.held(open)).isEqualTo(500);
  }

  @Test
  void nothingIsKnownAfterAReset() {
    depth.subscribe(1000);
    depth.reset();
    BookUpdate open = snapshot(25, 20, 20);
    depth.held(open);
    depth.mistrust();
    assertThat(depth.held(open)).isEqualTo(500);
    depth.reset();
    assertThat(depth.known(open, 7)).isEqualTo(7);
    assertThat(depth.held(open)).isEqualTo(1000);
  }
}
