package io.streamforge.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.bench.load.MarketInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmark at its smallest, so that it does not rot. */
class ScaleExperimentTest {

  @Test
  void atAnotherParallelismAndWithMoreCheckpointsTheAnswerIsRight() throws Exception {
    MarketInput market = new MarketInput("generated-3x20@10", 500, 500);
    Map<String, String> flink =
        Map.of("parallelism.default", "2", "execution.checkpointing.interval", "1 s");

    List<ScaleExperiment.Point> figures = new ArrayList<>();
    ScaleExperiment.measure(
        List.of(new ScalePoint("parallelism", "2", market, flink)), Duration.ZERO, figures::add);

    assertThat(figures).singleElement().matches(ScaleExperiment.Point::right);
    assertThat(figures.get(0).messagesPerSecond()).isPositive();
  }

  @Test
  void eachPointHasItsMarketAndItsFlink() {
    List<ScalePoint> points = ScalePoint.all(1_000, 1_000);

    assertThat(points).extracting(ScalePoint::varied).contains("symbols", "one symbol alone");
    assertThat(points.stream().map(point -> point.input().name() + point.flink()).distinct())
        .hasSizeGreaterThan(10);
  }
}
