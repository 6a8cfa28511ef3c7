package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownNumbersTest {
  private static final List<String> SYMBOLS =
      List.of("{\"time_us\":1,\"features\":{\"a\":1.5,\"new\":2,\"b\":null}}");
  private static final List<String> GRAPHS =
      List.of(
          "{\"time_us\":1,\"feature_set\":\"abc\",\"feature_names\":[\"new\",\"a\"],"
              + "\"x\":[[2,1.5],[4,3]],\"edge_index\":[[0],[1]],\"edge_attr_names\":[\"e\",\"new\"],"
              + "\"edge_attr\":[[0.5,7]],\"u_names\":[\"u\"],\"u\":[9]}");

  private static final KnownNumbers KNOWN =
      new KnownNumbers(List.of("a", "b"), List.of("a"), List.of("e"), List.of("u"));

  @Test
  void aRecordIsWhatTheVersionKnewOfIt(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("symbol-features.jsonl"), SYMBOLS);
    Files.write(folder.resolve("graph-features.jsonl"), GRAPHS);
    KnownNumbers later = KnownNumbers.ofReplay(folder);
    assertThat(later.features()).containsExactly("a", "new", "b");
    assertThat(KNOWN.of(SYMBOLS, later))
        .containsExactly("{\"time_us\":1,\"features\":{\"a\":1.5,\"b\":null}}");
    assertThat(KNOWN.of(GRAPHS, later))
        .containsExactly(
            "{\"time_us\":1,\"feature_names\":[\"a\"],\"x\":[[1.5],[3]],"
                + "\"edge_index\":[[0],[1]],\"edge_attr_names\":[\"e\"],\"edge_attr\":[[0.5]],"
                + "\"u_names\":[\"u\"],\"u\":[9]}");
    assertThat(KNOWN.of(SYMBOLS, KNOWN)).isSameAs(SYMBOLS);
    KNOWN.keepWith(folder);
    assertThat(KnownNumbers.ofSavepoint(folder)).isEqualTo(KNOWN);
  }
}
