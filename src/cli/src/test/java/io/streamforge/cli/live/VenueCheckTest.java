package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.Main;
import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeFaults;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.venue.FakeVenues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code load --check} says of sound venues and of broken ones. */
class VenueCheckTest {
  private static final int SECONDS =
      17; // Kraken is connected after five, and may take ten to answer

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private static void nothing(ExchangeFaults faults) {}

  /** A check of a venue that goes wrong once it plays. */
  private static String check(
      String name,
      Consumer<ExchangeFaults> before,
      Consumer<ExchangeFaults> during,
      boolean trust) {
    try {
      List<RawMessage> recording = RecordingFile.read(name);
      String venue = recording.get(0).venue();
      try (FakeExchange exchange =
          FakeVenues.start(venue, recording, ExchangeSetup.standard().withToday(true))) {
        before.accept(exchange.faults());
        FeedConfig feed =
            FeedConfig.of(venue, recording.stream().map(RawMessage::key).distinct().toList())
                .at(exchange.webSocket(), exchange.rest());
        LoaderConfig config =
            LoaderConfig.of("none:0", trust ? exchange.certificate() : null, List.of(feed));
        CompletableFuture<String> text =
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return VenueCheck.run(config, SECONDS).text();
                  } catch (InterruptedException e) {
                    throw new CompletionException(e);
                  }
                });
        if (during != null) {
          await().atMost(PATIENCE).until(() -> !exchange.received().isEmpty());
          long thenUs = exchange.clockUs() + 6_000_000;
          await().atMost(PATIENCE).until(() -> exchange.clockUs() > thenUs);
          during.accept(exchange.faults());
        }
        return text.join();
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void soundVenuesAreSoundAndBrokenOnesAreNotForTheRightReason() {
    Map<String, CompletableFuture<String>> said = new LinkedHashMap<>();
    said.put("All of it is sound.", run("kraken-v2-btc", VenueCheckTest::nothing, null, true));
    said.put(
        "checksums failed",
        run("kraken-v2-btc", VenueCheckTest::nothing, f -> f.loseNext(2), true));
    said.put(
        "subscriptions were not acknowledged",
        run("kraken-v2-btc", f -> f.withholdAcknowledgements(1), null, true));
    said.put(
        "1 books have no snapshot", run("coinbase-2", f -> f.refuseSymbol("ETH-USD"), null, true));
    said.put(
        "a message cannot be read: no JSON",
        run("coinbase-2", VenueCheckTest::nothing, ExchangeFaults::unreadable, true));
    said.put(
        "messages are missing, by the venue's count",
        run("coinbase-2", VenueCheckTest::nothing, f -> f.loseNext(1), true));
    said.put(
        "times messages of a book were missing",
        run("binance-us-10", VenueCheckTest::nothing, f -> f.loseNext(5), true));
    said.put("10 books have no snapshot", run("binance-us-10", ExchangeFaults::html, null, true));
    said.put("TLS is refused", run("coinbase-2", VenueCheckTest::nothing, null, false));
    said.put("no connection", run("kraken-v2-btc", f -> f.acceptsNobody(true), null, true));
    said.forEach((expected, text) -> assertThat(text.join()).contains(expected));
    said.forEach(
        (expected, text) ->
            assertThat(text.join().contains("Not sound")).isEqualTo(!expected.startsWith("All")));
  }

  private static CompletableFuture<String> run(
      String name,
      Consumer<ExchangeFaults> before,
      Consumer<ExchangeFaults> during,
      boolean trust) {
    CompletableFuture<String> text = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                text.complete(check(name, before, during, trust));
              } catch (RuntimeException | AssertionError e) {
                text.completeExceptionally(e);
              }
            })
        .start();
    return text;
  }

  @Test
  void theCommandEndsWithWhatItFoundAndWritesIt() throws IOException {
    Path report = folder.resolve("report.txt");
    int exit =
        Main.commandLine()
            .execute(
                "load",
                "--check",
                "kraken",
                "--recorded",
                RecordingFile.path("kraken-v2-btc").toString(),
                "--seconds",
                "5",
                "--report",
                report.toString());
    assertThat(Files.readString(report)).contains("kraken at wss://localhost:");
    assertThat(exit).isEqualTo(Files.readString(report).contains("All of it is sound.") ? 0 : 1);
  }

  @Test
  void wrongOptionsAreOneLine() {
    assertThat(Main.commandLine().execute("load")).isEqualTo(1);
    assertThat(Main.commandLine().execute("load", "--check", "krakn")).isEqualTo(1);
    assertThat(Main.commandLine().execute("load", "--venue", "kraken")).isEqualTo(1);
    assertThat(Main.commandLine().execute("load", "--check", "kraken", "--symbols", "*/USD"))
        .isEqualTo(1);
    assertThat(Main.commandLine().execute("load", "--check", "kraken", "--seconds", "0"))
        .isEqualTo(1);
    assertThat(Main.commandLine().execute("record", "--out", folder.resolve("a").toString()))
        .isEqualTo(2);
  }
}
