package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.live.LoadedMarket.Setup;
import io.streamforge.loader.Feeds;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What goes wrong on a venue that numbers its books and answers requests: Binance. */
@Execution(ExecutionMode.CONCURRENT)
class LinkedBadDaysTest {
  @TempDir private static Path shared;
  private static List<RawMessage> recording;
  private static Map<String, List<String>> truth;

  @TempDir private Path folder;

  /** Few symbols: each costs its share of the venue's budget for whole books. */
  private static final Set<String> SYMBOLS = Set.of("BTCUSD", "ETHBTC");

  @BeforeAll
  static void readTheTruth() throws IOException {
    recording =
        RecordingFile.read("binance-us-10").stream()
            .filter(each -> SYMBOLS.contains(each.key()))
            .toList();
    truth = LoadedMarket.touches(LoadedMarket.replay(shared, recording));
  }

  private LoadedMarket market(Setup setup) throws IOException {
    return new LoadedMarket(folder, recording, setup);
  }

  private static long disconnected(List<RawMessage> written) {
    return written.stream().filter(each -> each.event() != null).count();
  }

  /** One that was replaced and does not know it writes beside the new one until it ends. */
  @Test
  void ofTwoLoadersTheLaterOneIsFollowed() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10)).play(1)) {
      Feeds second = market.loader(new CheckWatch());
      await().atMost(Duration.ofSeconds(20)).until(() -> second.begunBooks() == 2);
      market.awaitMessages(40);
      market.replaceFirstBy(second);
      market.assertNeverLiveAndWrong(truth);
      second.close();
    }
  }

  @Test
  void aSymbolIsDelistedAndListedAgain() throws IOException {
    Setup curious = Setup.atSpeed(5).withListEvery(Duration.ofSeconds(1));
    try (LoadedMarket market = market(curious).play(1)) {
      market.exchange().faults().delist("ETHBTC");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  market.exchange().received().stream()
                      .anyMatch(text -> text.contains("UNSUBSCRIBE")));
      market.exchange().faults().newListing("ETHBTC");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> market.watch().requests() >= 3); // of the two books, and of it again
      List<RawMessage> written = market.assertNeverLiveAndWrong(truth);
      assertThat(disconnected(written)).isEqualTo(1 + 2); // of it, and of both at the end
    }
  }

  @Test
  void aCutIsSaidOfEachBookAndMended() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10)).play(1)) {
      market.awaitMessages(20);
      market.exchange().faults().cutAll();
      await().until(() -> market.watch().connects() == 2);
      market.awaitBooks();
      List<RawMessage> written = market.assertNeverLiveAndWrong(truth);
      assertThat(disconnected(written)).isEqualTo(2 + 2); // at the cut, and at the end
      assertThat(market.exchange().violations()).isEmpty();
    }
  }

  @Test
  void aLostMessageIsAHoleAndAsksForABook() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10)).play(1)) {
      market.awaitMessages(20);
      market.exchange().faults().loseNext(4);
      await().until(() -> market.watch().gaps() > 0);
      List<RawMessage> written = market.assertNeverLiveAndWrong(truth);
      assertThat(disconnected(written)).isEqualTo(2);
      assertThat(market.watch().connects()).isEqualTo(1);
    }
  }

  @Test
  void ofTwoConnectionsOneFillsTheHolesOfTheOther() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10).withLines(2)).play(2)) {
      market.awaitMessages(20);
      market.exchange().faults().loseOnNewestConnection(20);
      market.awaitMessages(60);
      List<RawMessage> written = market.assertNeverLiveAndWrong(truth);
      assertThat(market.watch().gaps()).isZero();
      assertThat(market.watch().connects()).isEqualTo(2);
      assertThat(written.stream().map(RawMessage::value).filter(text -> text != null))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aRepeatDisturbsNothing() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10)).play(1)) {
      market.exchange().faults().repeatNext(30);
      market.assertNeverLiveAndWrong(truth);
      assertThat(market.watch().gaps()).isZero();
    }
  }

  @Test
  void anAnswerOlderThanTheStreamIsAskedForAgain() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10))) {
      await().until(() -> market.exchange().received().size() == 1);
      market.exchange().play();
      market.awaitMessages(60);
      market.exchange().faults().cutAll();
      market.exchange().faults().staleRest(Duration.ofSeconds(20));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  market.watch().failedRequests().stream()
                      .anyMatch(failure -> failure.contains("it is older than the stream")));
      market.exchange().faults().staleRest(Duration.ZERO);
      market.awaitBooks();
      market.assertNeverLiveAndWrong(truth);
    }
  }

  @Test
  void theVenuesWishForAPauseIsGranted() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10))) {
      market.exchange().faults().rest(418, Map.of("Retry-After", "2"), "{}", 1);
      await().until(() -> market.exchange().received().size() == 1);
      market.exchange().play();
      await().until(() -> market.exchange().restRequests() > 0);
      int requests = market.exchange().restRequests();
      await()
          .during(Duration.ofSeconds(1))
          .until(() -> market.exchange().restRequests() <= requests + 3); // those under way
      market.awaitBooks();
      market.assertNeverLiveAndWrong(truth);
    }
  }

  @Test
  void aPageInPlaceOfABookIsNoBook() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10))) {
      market.exchange().faults().html();
      await().until(() -> market.exchange().received().size() == 1);
      market.exchange().play();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !market.watch().failedRequests().isEmpty());
      assertThat(market.watch().failedRequests().get(0)).contains("no book");
      market.exchange().faults().clear();
      market.awaitBooks();
      List<RawMessage> written = market.assertNeverLiveAndWrong(truth);
      assertThat(written.stream().map(RawMessage::value).filter(text -> text != null))
          .noneMatch(text -> text.contains("html"));
    }
  }

  @Test
  void aMessageInPartsIsOneAndOneThatIsTooLongEndsItsConnection() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10)).play(1)) {
      market.exchange().faults().fragment(100);
      market.awaitMessages(30);
      market.exchange().faults().fragment(1);
      market.exchange().faults().big(5 << 20);
      market.awaitMessages(30);
      assertThat(market.watch().ends()).isEmpty();
      market.exchange().faults().big(20 << 20);
      await().until(() -> !market.watch().ends().isEmpty());
      assertThat(market.watch().ends()).containsExactly("a message of more than 16,777,216 bytes");
      await().until(() -> market.watch().connects() == 2);
      market.awaitBooks();
      market.assertNeverLiveAndWrong(truth);
    }
  }

  @Test
  void whatIsNoTextOrNoJsonEndsItsConnection() throws IOException {
    try (LoadedMarket market = market(Setup.atSpeed(10)).play(1)) {
      market.exchange().faults().invalidUtf8();
      await().until(() -> market.watch().connects() == 2);
      market.awaitBooks();
      market.exchange().faults().unreadable();
      await().atMost(Duration.ofSeconds(20)).until(() -> market.watch().connects() == 3);
      assertThat(market.watch().ends()).contains("a message is no JSON");
      market.awaitBooks();
      market.assertNeverLiveAndWrong(truth);
    }
  }

  @Test
  void aConnectionThatBringsNothingIsMadeAnew() throws IOException {
    Setup impatient = Setup.atSpeed(10).withIdleTimeout(Duration.ofSeconds(3));
    try (LoadedMarket market = market(impatient).play(1)) {
      market.exchange().faults().neverEnding(1_000);
      await().atMost(Duration.ofSeconds(20)).until(() -> market.watch().connects() == 2);
      assertThat(market.watch().ends()).contains("no message of the market for 3 s");
      market.awaitBooks();
      market.assertNeverLiveAndWrong(truth);
    }
  }

  @Test
  void theVenuesNoticeIsAnsweredByAConnectionThatTakesOver() throws IOException {
    List<RawMessage> three = LoadedMarket.first(30, RecordingFile.read("binance-spot-3"));
    Map<String, List<String>> truthOfThree =
        LoadedMarket.touches(LoadedMarket.replay(folder, three));
    try (LoadedMarket market = new LoadedMarket(folder, three, Setup.atSpeed(3)).play(1)) {
      market.exchange().faults().notice();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> market.exchange().connects() == 2 && market.exchange().connections() == 1);
      List<RawMessage> written = market.assertNeverLiveAndWrong(truthOfThree);
      assertThat(disconnected(written)).isEqualTo(3); // at the end alone
      assertThat(market.watch().gaps()).isZero();
    }
  }
}
