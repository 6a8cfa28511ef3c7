package io.streamforge.bench.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark at its smallest, so that it does not rot. */
class PairsExperimentTest {
  @TempDir Path folder;

  @Test
  void measuresGraphs() throws Exception {
    Path out = folder.resolve("pairs.json");
    int status =
        new CommandLine(new PairsExperiment())
            .execute("--symbols", "20,30", "--samples", "20", "--out", out.toString());

    assertThat(status).isZero();
    JsonNode figures = new ObjectMapper().readTree(out.toFile());
    assertThat(figures).hasSize(2);
    for (JsonNode graph : figures) {
      assertThat(graph.get("edges").asInt()).isGreaterThanOrEqualTo(19);
      assertThat(graph.at("/rewireSampleMs/count").asInt()).isEqualTo(2);
      assertThat(graph.get("jsonBytes").asLong()).isPositive();
      assertThat(graph.get("stateBytes").asLong())
          .isGreaterThan(graph.get("checkpointBytes").asLong());
    }
  }
}
