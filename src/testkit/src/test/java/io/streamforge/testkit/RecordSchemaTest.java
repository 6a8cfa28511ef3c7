package io.streamforge.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.market.BookUpdate;
import io.streamforge.record.BookResyncRecord;
import io.streamforge.record.BookResyncWriter;
import io.streamforge.record.DeadLetterRecord;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.record.GraphFeaturesWriter;
import io.streamforge.record.SymbolFeaturesRecord;
import io.streamforge.record.SymbolFeaturesWriter;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written fits its schema and is read back; what is damaged does not. */
class RecordSchemaTest {
  private static final long TIME_US = 1_723_161_256_000_000L;

  private static String symbol() {
    return new String(
        new SymbolFeaturesWriter(List.of("mid", "trades", "vpin"), 1_000_000)
            .write("acme:X", TIME_US, "gap", 17, new double[] {Double.NaN, 2, -0.0}),
        UTF_8);
  }

  private static String graph() {
    GraphFeaturesWriter writer =
        new GraphFeaturesWriter(List.of("trades"), List.of("in_tree"), List.of("live_share"));
    return new String(
        writer.write(
            new GraphFeaturesWriter.Values(
                "market",
                TIME_US,
                1_000_000,
                5_000_000,
                TIME_US + 600_000,
                new String[] {"acme:X", "acme:Y"},
                new String[] {"live", "stale"},
                new double[] {1.5, Double.NaN},
                3,
                List.of("acme:Z"),
                new float[][] {{2}, {Float.NaN}},
                new int[] {0, 1},
                new int[] {1, 0},
                new float[][] {{1}, {1}},
                new float[] {0.5f})),
        UTF_8);
  }

  private static String resync() {
    return new String(
        new BookResyncWriter().write("acme:X", "gap", 4, BookUpdate.NO_SEQUENCE, TIME_US), UTF_8);
  }

  @Test
  void aSymbolsRecordIsReadAsItWasWritten() throws IOException {
    assertThat(RecordSchema.SYMBOL_FEATURES.errors(symbol())).isEmpty();
    SymbolFeaturesRecord read = SymbolFeaturesRecord.read(symbol().getBytes(UTF_8));
    assertThat(read.instrument()).isEqualTo("acme:X");
    assertThat(read.timeUs()).isEqualTo(TIME_US);
    assertThat(read.intervalUs()).isEqualTo(1_000_000);
    assertThat(read.book()).isEqualTo("gap");
    assertThat(read.isLive()).isFalse();
    assertThat(read.sequence()).isEqualTo(17);
    assertThat(read.features().keySet()).containsExactly("mid", "trades", "vpin");
    assertThat(read.features().values()).containsExactly(null, 2.0, 0.0);
    assertThat(read.feature("mid")).isNaN();
    assertThat(read.feature("trades")).isEqualTo(2);
    assertThat(read.feature("none")).isNaN();
  }

  @Test
  void aGraphsRecordIsReadAsItWasWritten() throws IOException {
    assertThat(RecordSchema.GRAPH_FEATURES.errors(graph())).isEmpty();
    GraphFeaturesRecord read = GraphFeaturesRecord.read(graph().getBytes(UTF_8));
    assertThat(GraphFeaturesRecord.identity(graph().getBytes(UTF_8)))
        .isEqualTo(new GraphFeaturesRecord.Identity("market", TIME_US));
    assertThat(read.graph()).isEqualTo("market");
    assertThat(read.availableUs()).isEqualTo(TIME_US + 600_000);
    assertThat(read.nodeIds()).containsExactly("acme:X", "acme:Y");
    assertThat(read.nodeBook()).containsExactly("live", "stale");
    assertThat(read.nodeMid()).containsExactly(1.5, null);
    assertThat(read.x()).containsExactly(List.of(2.0), Arrays.asList((Double) null));
    assertThat(read.source(1)).isOne();
    assertThat(read.target(1)).isZero();
    assertThat(read.isInTree(0)).isTrue();
    assertThat(read.market()).containsExactly(0.5);
  }

  @Test
  void aRequestForASnapshotIsReadAsItWasWritten() throws IOException {
    assertThat(RecordSchema.BOOK_RESYNC.errors(resync())).isEmpty();
    assertThat(BookResyncRecord.read(resync().getBytes(UTF_8)))
        .isEqualTo(
            new BookResyncRecord(BookResyncRecord.SCHEMA, "acme:X", "gap", 4L, null, TIME_US));
  }

  @Test
  void aDeadLettersHeadersAreReadAsTheyWereWritten() throws IOException {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    for (String given : new String[] {trace, null}) {
      RawRecord raw =
          new RawRecord(
              "raw-trades",
              3,
              1L << 40,
              null,
              new byte[1],
              given == null ? null : "x",
              0,
              given,
              0,
              null,
              false);
      OutputRecord written = DeadLetterRecord.of(raw, "malformed-json");
      assertThat(
              RecordSchema.DEAD_LETTER_HEADERS.errors(
                  new ObjectMapper().valueToTree(written.headers())))
          .isEmpty();
      Headers headers = new RecordHeaders();
      written.headers().forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
      assertThat(DeadLetterRecord.read(headers))
          .isEqualTo(
              new DeadLetterRecord(
                  "raw-trades", 3, 1L << 40, "malformed-json", raw.venue(), given, null));
      headers.remove("offset");
      assertThatThrownBy(() -> DeadLetterRecord.read(headers))
          .hasMessageContaining("[partition, reason, topic");
    }
  }

  /** Each is refused by the schema, and where the reader could be misled by the reader, too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "symbol | features/1 | features/2 | refused",
        "symbol | 'acme:X' | 'acme' | read",
        "symbol | \"gap\" | \"fine\" | read",
        "symbol | \"gap\" | null | refused",
        "symbol | 1723161256000000 | \"1723161256000000\" | refused",
        "symbol | 1723161256000000 | 1.5 | read",
        "symbol | 2.0 | \"2.0\" | refused",
        "symbol | \"trades\" | \"Trades\" | read",
        "symbol | \"sequence\":17, | '' | read",
        "symbol | \"sequence\":17, | \"sequence\":17,\"more\":1, | read",
        "graph | features/1 | features/2 | refused",
        "graph | [0,1],[1,0] | [0,1] | refused",
        "graph | [0,1],[1,0] | [0,-1],[1,0] | refused",
        "graph | \"stale\" | \"old\" | read",
        "graph | \"market\" | null | refused",
        "graph | 1.5,null | \"1.5\",null | refused",
        "graph | \"num_nodes\":2, | '' | read",
        "resync | \"gap\" | \"why\" | read",
        "resync | \"expected\":4, | '' | read",
        "resync | resync/1 | resync/2 | refused",
      })
  void aDamagedRecordIsRefused(String record, String from, String to, String reader)
      throws IOException {
    RecordSchema schema =
        switch (record) {
          case "symbol" -> RecordSchema.SYMBOL_FEATURES;
          case "graph" -> RecordSchema.GRAPH_FEATURES;
          default -> RecordSchema.BOOK_RESYNC;
        };
    String whole =
        switch (record) {
          case "symbol" -> symbol();
          case "graph" -> graph();
          default -> resync();
        };
    String damaged = whole.replace(from, to);
    assertThat(damaged).isNotEqualTo(whole);
    assertThat(schema.errors(damaged)).isNotEmpty();
    if (reader.equals("refused")) {
      assertThatThrownBy(() -> read(record, damaged.getBytes(UTF_8)))
          .isInstanceOf(IOException.class);
    } else {
      read(record, damaged.getBytes(UTF_8));
    }
  }

  private static void read(String record, byte[] value) throws IOException {
    switch (record) {
      case "symbol" -> SymbolFeaturesRecord.read(value);
      case "graph" -> GraphFeaturesRecord.read(value);
      default -> BookResyncRecord.read(value);
    }
  }
}
