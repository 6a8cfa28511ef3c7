package io.streamforge.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Each benchmark once, so that none rots. */
class MicroCommandTest {
  private static final int DECODE = 8 + 2;
  private static final int BOOK = 4;
  private static final int COVARIANCE = 3;

  @TempDir Path folder;

  @Test
  void everyBenchmarkRuns() throws Exception {
    Path out = folder.resolve("micro.json");
    int status = new CommandLine(new MicroCommand()).execute("--once", "--out", out.toString());

    assertThat(status).isZero();
    JsonNode figures = new ObjectMapper().readTree(out.toFile());
    assertThat(figures).hasSize(DECODE + BOOK + COVARIANCE);
    for (JsonNode benchmark : figures) {
      assertThat(benchmark.at("/primaryMetric/score").asDouble()).isPositive();
    }
  }
}
