package io.streamforge.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.cli.Main;
import io.streamforge.record.SymbolFeaturesRecord;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.wire.protobuf.EventType;
import io.streamforge.wire.protobuf.MarketDataEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recordings that were made, as {@code replay --direct} plays them. */
class MadeRecordingsReplayTest {
  @TempDir Path folder;

  private record Said(int status, String errors) {}

  private Said replay(Path recording, Path out) {
    StringWriter errors = new StringWriter();
    int status =
        Main.commandLine()
            .setErr(new PrintWriter(errors))
            .execute(
                "replay",
                "--direct",
                "--recording=" + recording,
                "--out=" + out,
                "--set=instruments.registry=../../recordings/instruments.json");
    return new Said(status, errors.toString());
  }

  private static JsonNode summary(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("summary.json").toFile());
  }

  private static List<SymbolFeaturesRecord> symbols(Path out, String instrument)
      throws IOException {
    List<SymbolFeaturesRecord> records = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("symbol-features.jsonl"))) {
      SymbolFeaturesRecord record =
          SymbolFeaturesRecord.read(line.getBytes(StandardCharsets.UTF_8));
      if (record.instrument().equals(instrument)) {
        records.add(record);
      }
    }
    return records;
  }

  /** Each second's trades are those of the messages, added up by hand. */
  @Test
  void protobuf() throws IOException {
    String name = "made-market-data-event-2";
    assertThat(replay(RecordingFile.path(name), folder)).isEqualTo(new Said(0, ""));
    assertThat(summary(folder).get("dead_letters").asLong()).isZero();
    Map<Long, Double> volumes = new TreeMap<>();
    long trades = 0;
    for (RawMessage message : RecordingFile.read(name)) {
      MarketDataEvent event = MarketDataEvent.parseFrom(message.bytes());
      if (event.getEventType() == EventType.TRADE && event.getSymbol().equals("BTCUSD")) {
        long ms =
            event.getTimestamp() == 0 ? message.receiveTimeUs() / 1_000 : event.getTimestamp();
        volumes.merge((ms / 1_000 + 1) * 1_000_000, event.getVolume(), Double::sum);
        trades++;
      }
    }
    assertThat(trades).isGreaterThan(100);
    double counted = 0;
    for (SymbolFeaturesRecord record : symbols(folder, "acme:BTCUSD")) {
      assertThat(record.book()).isEqualTo("awaiting-snapshot");
      assertThat(record.feature("volume"))
          .isCloseTo(volumes.getOrDefault(record.timeUs(), 0.0), within(1e-9));
      counted += record.feature("trades");
    }
    assertThat((long) counted).isEqualTo(trades);
  }

  /** For ten seconds one book has no price; after them it is what it was without the loss. */
  @Test
  void disconnected() throws IOException {
    Path lost = folder.resolve("lost");
    Path whole = folder.resolve("whole");
    assertThat(replay(RecordingFile.path("made-gemini-2-disconnected"), lost))
        .isEqualTo(new Said(0, ""));
    assertThat(replay(RecordingFile.path("gemini-10"), whole)).isEqualTo(new Said(0, ""));

    List<SymbolFeaturesRecord> gone = new ArrayList<>();
    List<SymbolFeaturesRecord> asRecorded = symbols(whole, "gemini:LTCUSD");
    List<SymbolFeaturesRecord> records = symbols(lost, "gemini:LTCUSD");
    assertThat(records).hasSizeBetween(100, asRecorded.size());
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).isLive()) {
        assertThat(records.get(i).timeUs()).isEqualTo(asRecorded.get(i).timeUs());
        assertThat(records.get(i).feature("mid")).isEqualTo(asRecorded.get(i).feature("mid"));
        assertThat(records.get(i).feature("log_depth_10bps"))
            .isEqualTo(asRecorded.get(i).feature("log_depth_10bps"));
      } else {
        gone.add(records.get(i));
      }
    }
    assertThat(gone).hasSize(10).allSatisfy(record -> assertThat(record.book()).isEqualTo("gap"));
    assertThat(symbols(lost, "gemini:LINKUSD")).allMatch(SymbolFeaturesRecord::isLive);

    JsonNode untrusted = summary(lost).get("untrusted_books");
    assertThat(untrusted).hasSize(1);
    assertThat(untrusted.get(0).get("instrument").asText()).isEqualTo("gemini:LTCUSD");
    assertThat(untrusted.get(0).get("status").asText()).isEqualTo("gap");
    assertThat(untrusted.get(0).get("reason").asText()).isEqualTo("disconnected");
    assertThat(untrusted.get(0).get("samples").asLong()).isEqualTo(10);
    assertThat(untrusted.get(0).get("from_us").asLong()).isEqualTo(gone.get(0).timeUs());
    assertThat(untrusted.get(0).get("to_us").asLong()).isEqualTo(gone.get(9).timeUs());
  }

  @Test
  void filesAreWrittenThoughNothingCouldBeRead() throws IOException {
    Path file = folder.resolve("garbage.jsonl");
    String line =
        "{\"topic\":\"raw-%s\",\"key\":\"X\",\"venue\":\"kraken\",\"receive_time_us\":1723161255342000,\"value\":\"{\"}\n";
    Files.writeString(
        file,
        line.formatted("trades")
            + line.formatted("orderbooks")
            + line.formatted("orderbooks").replace("\"value\":\"{\"", "\"event\":\"unknown\""));
    Path out = folder.resolve("out");
    assertThat(replay(file, out))
        .isEqualTo(
            new Said(
                1,
                "streamforge: the recording has no message that can be read; dead letters: 2 malformed-json, 1 unknown-event\n"));
    assertThat(out.resolve("symbol-features.jsonl")).isEmptyFile();
    assertThat(out.resolve("graph-features.jsonl")).isEmptyFile();
    assertThat(Files.readAllLines(out.resolve("dead-letters.jsonl")))
        .containsExactly(
            "{\"reason\":\"malformed-json\",\"topic\":\"raw-orderbooks\",\"key\":\"X\",\"venue\":\"kraken\",\"value\":\"{\"}",
            "{\"reason\":\"unknown-event\",\"topic\":\"raw-orderbooks\",\"key\":\"X\",\"venue\":\"kraken\",\"value\":null}",
            "{\"reason\":\"malformed-json\",\"topic\":\"raw-trades\",\"key\":\"X\",\"venue\":\"kraken\",\"value\":\"{\"}");
    assertThat(summary(out).get("dead_letter_reasons").toString())
        .isEqualTo("{\"malformed-json\":2,\"unknown-event\":1}");
    assertThat(summary(out).get("records_read").toString())
        .isEqualTo("{\"raw-orderbooks\":2,\"raw-trades\":1}");
  }

  @Test
  void aReceiveTimeInAnotherUnitIsRefusedBeforeAnythingIsStarted() throws IOException {
    Path file = folder.resolve("milliseconds.jsonl");
    Files.writeString(
        file,
        "{\"topic\":\"raw-trades\",\"key\":\"X\",\"venue\":\"kraken\",\"receive_time_us\":1723161255342,\"value\":\"{\"}\n");
    assertThat(replay(file, folder.resolve("out")))
        .isEqualTo(
            new Said(
                1,
                "streamforge: %s line 1 has receive_time_us 1723161255342; it must be microseconds since the epoch, of 16 digits: 1723161255342000 if these are milliseconds\n"
                    .formatted(file)));
  }
}
