package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.live.LoadedMarket.Setup;
import io.streamforge.loader.venue.Channel;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What goes wrong on a venue that numbers its books and sends whole ones on subscription: Bybit.
 */
@Execution(ExecutionMode.CONCURRENT)
class InStreamBadDaysTest {
  private static final long BOOKS = 4;

  @TempDir private static Path shared;
  private static List<RawMessage> recording;
  private static Map<String, List<String>> truth;

  @TempDir private Path folder;

  @BeforeAll
  static void readTheTruth() throws IOException {
    recording =
        RecordingFile.read("bybit-6").stream()
            .filter(each -> each.venue().equals("bybit-linear"))
            .toList();
    truth = LoadedMarket.touches(LoadedMarket.replay(shared, recording));
  }

  private LoadedMarket market(Setup setup) throws IOException {
    return new LoadedMarket(folder, recording, setup);
  }

  private static long disconnected(List<RawMessage> written) {
    return written.stream().filter(each -> each.event() != null).count();
  }

  @Test
  void aHoleAsksForASnapshotInTheSameSession() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(3)).play(1)) {
      market.awaitMessages(40);
      market.exchange().faults().loseNext(3);
      await().until(() -> market.watch().gaps() > 0);
      int asked = market.watch().gaps();
      await().until(() -> market.watch().requests() >= asked);
      List<RawMessage> written = market.assertNeverLiveAndWrong(truth);
      assertThat(disconnected(written)).isEqualTo(BOOKS); // at the end alone
      assertThat(market.watch().connects()).isEqualTo(1);
      assertThat(market.exchange().violations()).isEmpty();
    }
  }

  @Test
  void ofTwoConnectionsOneFillsTheHolesOfTheOther() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(3).withLines(2)).play(2)) {
      market.awaitMessages(40);
      market.exchange().faults().loseOnNewestConnection(20);
      market.awaitMessages(100);
      market.assertNeverLiveAndWrong(truth);
      assertThat(market.watch().gaps()).isZero();
    }
  }

  @Test
  void theEndOfOneOfTwoConnectionsIsNoLoss() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(3).withLines(2)).play(2)) {
      market.awaitMessages(40);
      market.exchange().faults().refuseConnects(503, null, 1);
      market.exchange().faults().cutNewest();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> market.watch().connects() == 3 && market.exchange().connections() == 2);
      List<RawMessage> written = market.assertNeverLiveAndWrong(truth);
      assertThat(disconnected(written)).isEqualTo(BOOKS); // at the end alone
      assertThat(market.watch().gaps()).isZero();
    }
  }

  @Test
  void aCutIsSaidOfEachBookAndMended() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(3)).play(1)) {
      market.awaitMessages(40);
      market.exchange().faults().cutAll();
      await().atMost(Duration.ofSeconds(20)).until(() -> market.watch().connects() == 2);
      market.awaitBooks();
      assertThat(disconnected(market.assertNeverLiveAndWrong(truth))).isEqualTo(BOOKS + BOOKS);
    }
  }

  /** The venue refuses the whole request for it. */
  @Test
  void aRefusedSymbolDoesNotTakeItsNeighboursWithIt() throws IOException {
    String gone = recording.get(0).key();
    List<String> others =
        recording.stream()
            .map(RawMessage::key)
            .distinct()
            .filter(key -> !key.equals(gone))
            .toList();
    try (LoadedMarket market = market(Setup.atSpeed(3))) {
      market.exchange().faults().refuseSymbol(gone);
      await().until(() -> market.exchange().received().size() >= 1);
      market.exchange().play();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> market.watch().messages(Channel.BOOK) > 50);
      List<RawMessage> written = market.assertNeverLiveAndWrong(truth);
      assertThat(written).extracting(RawMessage::key).isSubsetOf(others);
      assertThat(market.watch().refusals()).anyMatch(text -> text.contains(gone));
    }
  }
}
