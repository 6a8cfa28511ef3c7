package io.streamforge.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmark at its smallest, so that it does not rot. */
class LatencyBenchmarkTest {

  @Test
  void everySampleThatCountsHasItsLatency() throws Exception {
    LatencyBenchmark benchmark = new LatencyBenchmark(5, 2, 3, Map.of(), System.err::println);

    LatencyFigures figures = benchmark.run(EnumSet.of(Scenario.MAX_LATENESS_50MS), 0);

    ScenarioFigures scenario = figures.scenarios().get(0);
    assertThat(scenario.graphMs().count()).isEqualTo(3);
    assertThat(scenario.graphMs().p50()).isPositive();
    assertThat(scenario.symbolMs().count()).isEqualTo(3 * 5);
    assertThat(scenario.bookMessageMs().count()).isGreaterThan(100);
    assertThat(scenario.graphAgeMs().p50()).isGreaterThan(150);
    assertThat(scenario.messagesPerSecond()).isBetween(100.0, figures.maximum());
    assertThat(scenario.jobCores()).isPositive();
  }
}
