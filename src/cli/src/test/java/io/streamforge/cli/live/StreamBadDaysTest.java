package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.live.LoadedMarket.Setup;
import io.streamforge.loader.Feeds;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What goes wrong on a venue that sends whole books within the stream: Coinbase. */
@Execution(ExecutionMode.CONCURRENT)
class StreamBadDaysTest {
  @TempDir private static Path shared;
  private static List<RawMessage> recording;
  private static Map<String, List<String>> truth;

  @TempDir private Path folder;

  @BeforeAll
  static void readTheTruth() throws IOException {
    recording = RecordingFile.read("coinbase-2");
    truth = LoadedMarket.touches(LoadedMarket.replay(shared, recording));
  }

  private LoadedMarket coinbase(Setup setup) throws IOException {
    return new LoadedMarket(folder, recording, setup);
  }

  private static long disconnected(List<RawMessage> written) {
    return written.stream().filter(each -> each.event() != null).count();
  }

  /** One that was replaced and does not know it writes beside the new one until it ends. */
  @Test
  void ofTwoLoadersTheLaterOneIsFollowed() throws IOException {
    try (LoadedMarket market = coinbase(Setup.atSpeed(3)).play(3)) {
      Feeds second = market.loader(new CheckWatch());
      await().atMost(Duration.ofSeconds(20)).until(() -> second.begunBooks() == 2);
      market.awaitMessages(40);
      market.replaceFirstBy(second);
      market.assertNeverLiveAndWrong(truth);
      second.close();
    }
  }

  @Test
  void aCutIsSaidAndMended() throws IOException {
    try (LoadedMarket market = coinbase(Setup.atSpeed(2)).play(3)) {
      market.awaitMessages(20);
      market.exchange().faults().cutAll();
      await().atMost(Duration.ofSeconds(20)).until(() -> market.watch().connects() == 2);
      market.awaitBooks();
      assertThat(disconnected(market.assertNeverLiveAndWrong(truth))).isEqualTo(4);
    }
  }

  @Test
  void aLostMessageShowsInTheNumbersOfTheConnection() throws IOException {
    try (LoadedMarket market = coinbase(Setup.atSpeed(3)).play(3)) {
      market.awaitMessages(50);
      market.exchange().faults().loseNext(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> market.watch().connects() == 2);
      assertThat(market.watch().ends())
          .containsExactly("messages are missing, by the venue's count of its messages");
      market.awaitBooks();
      assertThat(disconnected(market.assertNeverLiveAndWrong(truth))).isEqualTo(4);
    }
  }

  @Test
  void theSecondConnectionTakesOverWithBooksOfItsOwn() throws IOException {
    try (LoadedMarket market = coinbase(Setup.atSpeed(2).withLines(2)).play(6)) {
      market.awaitMessages(50);
      market.exchange().faults().loseOnNewestConnection(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> market.watch().connects() == 3);
      market.awaitBooks();
      market.assertNeverLiveAndWrong(truth);
      assertThat(market.exchange().violations()).isEmpty();
    }
  }

  @Test
  void afterARefusalTheVenuesPauseIsKept() throws IOException {
    try (LoadedMarket market = coinbase(Setup.atSpeed(2)).play(3)) {
      market.exchange().faults().refuseConnects(429, Duration.ofSeconds(2), 1);
      market.exchange().faults().closeAll(1001, "bye");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> market.watch().ends().contains("the venue answers HTTP 429"));
      long refusedNanos = System.nanoTime();
      await().atMost(Duration.ofSeconds(20)).until(() -> market.watch().connects() == 2);
      assertThat(System.nanoTime() - refusedNanos).isGreaterThan(1_500_000_000L);
      assertThat(market.watch().ends()).contains("closed by the venue, 1001 bye");
      market.awaitBooks();
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() throws IOException {
    try (LoadedMarket market = coinbase(Setup.atSpeed(1).withoutTrust())) {
      await().until(() -> !market.watch().ends().isEmpty());
      assertThat(market.watch().ends().get(0)).startsWith("TLS is refused: ");
      assertThat(market.exchange().received()).isEmpty();
    }
  }

  @Test
  void aHostWithoutAnAddressIsSaid() throws IOException {
    URI nowhere = URI.create("wss://no-such-host.invalid");
    try (LoadedMarket market = coinbase(Setup.atSpeed(1).at(nowhere))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> !market.watch().ends().isEmpty());
      assertThat(market.watch().ends()).containsExactly("the host's name has no address");
    }
  }
}
