package io.streamforge.loader.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.loader.out.Flow;
import org.junit.jupiter.api.Test;

class SingleLineBookTest {
  private static final String SNAPSHOT =
      "{\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[{\"price\":1.0,\"qty\":1.0}],\"asks\":[{\"price\":2.0,\"qty\":1.0}],\"checksum\":1,\"timestamp\":\"2026-08-02T03:35:51.660084Z\"}]}";
  private static final String DELTA = SNAPSHOT.replace("snapshot", "update");
  private static final String DEPTH =
      "{\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"depth\":1000,\"snapshot\":true,\"symbol\":\"BTC/USD\"},\"success\":true}";

  private final WrittenRecords written = new WrittenRecords();
  private final AskedCare care = new AskedCare();
  private final Line a = TestLines.line("a", null);
  private final Line b = TestLines.line("b", null);
  private final Line newer = TestLines.line("a", a);
  private final SingleLineBook book = book();

  private SingleLineBook book() {
    SingleLineBook made = new SingleLineBook("BTC/USD", written, new SessionNames(), care);
    made.writeTo(new Flow("raw-orderbooks", "BTC/USD", "kraken", () -> {}));
    return made;
  }

  private void bring(Line line, String text) {
    book.message(line, TestLines.read("kraken", text), text.getBytes(UTF_8), TestLines.NOW_US);
  }

  @Test
  void beginsWithWhatTheVenueSaysOfTheDepthAndASnapshotInOneSession() {
    bring(a, DELTA); // of a subscription of before, which nobody can use
    bring(a, DEPTH);
    bring(a, SNAPSHOT);
    bring(a, DELTA);
    assertThat(written.texts()).containsExactly(DEPTH, SNAPSHOT, DELTA);
    assertThat(written.sessions()).hasSize(1).doesNotContainNull();
  }

  @Test
  void ofTwoConnectionsOneIsWritten() {
    bring(a, SNAPSHOT);
    bring(b, SNAPSHOT);
    bring(b, DELTA);
    bring(a, DELTA);
    assertThat(written.texts()).containsExactly(SNAPSHOT, DELTA);
  }

  @Test
  void theOtherTakesOverWithASnapshotOfItsOwn() {
    bring(a, SNAPSHOT);
    bring(b, SNAPSHOT);
    book.lineDown(a, TestLines.NOW_US);
    assertThat(care.asked).containsExactly("subscription: failover");
    bring(b, DELTA);
    bring(b, SNAPSHOT);
    bring(b, DELTA);
    assertThat(written.texts()).containsExactly(SNAPSHOT, "disconnected", SNAPSHOT, DELTA);
    assertThat(written.sessions()).hasSize(2);
  }

  @Test
  void aConnectionThatReplacesAnotherTakesOverWhileThatOneLives() {
    bring(a, SNAPSHOT);
    bring(newer, SNAPSHOT);
    bring(a, DELTA);
    bring(newer, DELTA);
    book.lineDown(a, TestLines.NOW_US);
    assertThat(written.texts()).containsExactly(SNAPSHOT, SNAPSHOT, DELTA);
    assertThat(written.sessions()).hasSize(2);
    assertThat(book.isWrittenBy(newer)).isTrue();
  }

  @Test
  void aSubscriptionMadeAgainMendsALostBook() {
    bring(a, SNAPSHOT);
    book.resync("checksum-mismatch");
    assertThat(care.asked).containsExactly("subscription: checksum-mismatch");
  }

  @Test
  void whatIsLostBeforeKafkaEndsTheSession() {
    bring(a, SNAPSHOT);
    book.lost(TestLines.NOW_US);
    bring(a, DELTA);
    bring(a, SNAPSHOT);
    assertThat(written.texts()).containsExactly(SNAPSHOT, "disconnected", SNAPSHOT);
    assertThat(written.sessions()).hasSize(2);
  }
}
