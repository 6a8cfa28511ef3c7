package io.streamforge.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark at its smallest, so that it does not rot. */
class LatencyExperimentTest {

  @TempDir Path folder;

  @Test
  void everySampleThatCountsHasItsLatency() throws Exception {
    Path out = folder.resolve("latency.json");
    String arguments = "--scenario MAX_LATENESS_50MS --instruments 5 --warm-up 2 --seconds 3";
    int status =
        new CommandLine(new LatencyExperiment())
            .execute((arguments + " --out " + out).split(" ", -1));

    assertThat(status).isZero();
    JsonNode figures = new ObjectMapper().readTree(out.toFile());
    JsonNode scenario = figures.at("/scenarios/0");
    assertThat(scenario.at("/graphMs/count").asInt()).isEqualTo(3);
    assertThat(scenario.at("/graphMs/p50").asDouble()).isPositive();
    assertThat(scenario.at("/symbolMs/count").asInt()).isEqualTo(3 * 5);
    assertThat(scenario.at("/bookMessageMs/count").asInt()).isGreaterThan(100);
    assertThat(scenario.at("/graphAgeMs/p50").asDouble()).isGreaterThan(150);
    assertThat(scenario.at("/messagesPerSecond").asDouble())
        .isBetween(100.0, figures.get("maximum").asDouble());
    assertThat(scenario.at("/jobCores").asDouble()).isPositive();
  }
}
