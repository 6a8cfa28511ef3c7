package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a venue plays to the loader is written as it was recorded: all of it, each in its order. */
@Execution(ExecutionMode.CONCURRENT)
class LoadedRecordingsTest {
  private static final double SPEED = 40;

  @TempDir private Path folder;

  /** These send whole books within the stream. */
  @ParameterizedTest
  @CsvSource({
    "kraken-v2-btc, kraken, 2",
    "coinbase-2, coinbase, 3",
    "bybit-6, bybit-spot, 1",
    "bybit-6, bybit-linear, 1",
    "okx-10, okx, 1",
    "okx-10, bitget-spot, 1",
    "coinbase-pro-10, coinbase-pro, 2"
  })
  void aStreamWithItsBooks(String name, String venue, int requests) throws IOException {
    List<RawMessage> recording = LoadedMarket.recording(name, venue);
    try (LoadedMarket market = load(recording, requests)) {
      List<RawMessage> written = LoadedMarket.withoutEnd(market.writtenToTheEnd());
      Map<String, List<String>> texts = texts(written);
      texts.values().forEach(each -> each.removeIf(text -> text.startsWith("{\"method\"")));
      assertThat(texts).isEqualTo(texts(recording));
      assertSessionsDisturbNothing(written);
      assertThat(market.exchange().violations()).isEmpty();
    }
  }

  /**
   * Binance answers requests for whole books: each stands behind the changes that it contains and
   * ahead of those that it does not.
   */
  @Test
  void aStreamWithAnsweredRequests() throws IOException {
    List<RawMessage> all = RecordingFile.read("binance-us-10");
    try (LoadedMarket market = load(all, 1)) {
      List<RawMessage> written = LoadedMarket.withoutEnd(market.writtenToTheEnd());
      List<RawMessage> expected =
          new ArrayList<>(
              all.stream()
                  .filter(each -> !isAnswer(each) && !each.isTrade()) // which are of another stream
                  .toList());
      List<RawMessage> answers = written.stream().filter(LoadedRecordingsTest::isAnswer).toList();
      assertThat(answers).hasSizeGreaterThanOrEqualTo(10);
      answers.forEach(answer -> place(answer, expected));
      assertThat(texts(written)).isEqualTo(texts(expected));
      assertSessionsDisturbNothing(written);
      assertThat(market.exchange().violations()).isEmpty();
    }
  }

  /** The others that answer requests, so that every book is live and none was ever wrong. */
  @ParameterizedTest
  @CsvSource({
    "binance-usdm-btc-eth, binance-usdm, 10",
    "binance-coinm-btc-eth-60s, binance-coinm, 10",
    "gemini-10, gemini, 40",
    "bitstamp-10, bitstamp, 40"
  })
  void aStreamWhoseBooksAreAskedFor(String name, String venue, int seconds) throws IOException {
    List<RawMessage> recording = LoadedMarket.first(seconds, LoadedMarket.recording(name, venue));
    Map<String, List<String>> truth = LoadedMarket.touches(LoadedMarket.replay(folder, recording));
    try (LoadedMarket market =
        new LoadedMarket(folder, recording, LoadedMarket.Setup.atSpeed(10)).play(1)) {
      List<RawMessage> written = market.assertNeverLiveAndWrong(truth);
      assertSessionsDisturbNothing(LoadedMarket.withoutEnd(written));
      assertThat(market.exchange().violations()).isEmpty();
      assertThat(market.watch().gaps()).isZero();
    }
  }

  private LoadedMarket load(List<RawMessage> recording, int requests) throws IOException {
    return new LoadedMarket(folder, recording, LoadedMarket.Setup.atSpeed(SPEED)).play(requests);
  }

  /** A job says of the messages what it says of them without the names of their sessions. */
  private void assertSessionsDisturbNothing(List<RawMessage> written) throws IOException {
    List<RawMessage> plain = written.stream().map(each -> each.inSession(null)).toList();
    assertThat(samples(written)).isNotEmpty().isEqualTo(samples(plain));
  }

  private List<String> samples(List<RawMessage> messages) throws IOException {
    return Files.readAllLines(
        LoadedMarket.replay(folder, messages).resolve("symbol-features.jsonl"));
  }

  private static boolean isAnswer(RawMessage message) {
    return message.value().startsWith("{\"lastUpdateId\"");
  }

  private static long number(RawMessage message, String field) {
    Matcher number = Pattern.compile("\"" + field + "\":(\\d+)").matcher(message.value());
    return number.find() ? Long.parseLong(number.group(1)) : Long.MAX_VALUE;
  }

  /** Puts a whole book ahead of the first change that it does not contain. */
  private static void place(RawMessage answer, List<RawMessage> stream) {
    long contains = number(answer, "lastUpdateId");
    int at = 0;
    while (at < stream.size()
        && (!stream.get(at).key().equals(answer.key())
            || isAnswer(stream.get(at))
            || number(stream.get(at), "u") <= contains)) {
      at++;
    }
    stream.add(at, answer);
  }

  /** By topic and symbol, in order. */
  private static Map<String, List<String>> texts(List<RawMessage> messages) {
    Map<String, List<String>> texts = new TreeMap<>();
    for (RawMessage each : messages) {
      texts
          .computeIfAbsent(each.topic() + ' ' + each.key(), flow -> new ArrayList<>())
          .add(each.value().replaceFirst("\"sequence_num\":\\d+", "")); // of the connection
    }
    return texts;
  }
}
