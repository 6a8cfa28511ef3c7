package io.streamforge.bench.scale;

import io.streamforge.bench.process.BenchBroker;
import io.streamforge.bench.process.JavaProcess;
import io.streamforge.bench.throughput.MarketInput;
import io.streamforge.bench.throughput.Measurement;
import io.streamforge.bench.throughput.Reference;
import io.streamforge.bench.throughput.RunTopics;
import io.streamforge.bench.throughput.ThroughputRound;
import io.streamforge.bench.throughput.flink.JobProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The job over one market and Flink after another. */
final class ScaleBenchmark {
  private final Duration pause;
  private final Consumer<String> progress;
  private final Map<MarketInput, Reference> references = new HashMap<>();

  /**
   * @param pause between the warm-up and what counts
   * @param progress is told what has been done
   */
  ScaleBenchmark(Duration pause, Consumer<String> progress) {
    this.pause = pause;
    this.progress = progress;
  }

  /** Measures; starts a broker and, for each point, a process. */
  List<ScaleFigures> run(List<ScalePoint> points) throws IOException, InterruptedException {
    List<ScaleFigures> figures = new ArrayList<>();
    try (JavaProcess broker = JavaProcess.start(BenchBroker.class, "1g", "", List.of())) {
      String bootstrapServers = broker.line();
      for (ScalePoint point : points) {
        RunTopics topics = new RunTopics(bootstrapServers, "scale-" + figures.size());
        ScaleFigures measured = measure(point, topics);
        figures.add(measured);
        progress.accept(
            "%s %s: %,.0f messages/s"
                .formatted(point.varied(), point.value(), measured.messagesPerSecond()));
      }
    }
    return figures;
  }

  private ScaleFigures measure(ScalePoint point, RunTopics topics)
      throws IOException, InterruptedException {
    MarketInput input = point.input();
    ThroughputRound round =
        new ThroughputRound(input, references.computeIfAbsent(input, Reference::of), pause);
    Measurement measured =
        round.betweenTopics(topics, each -> JobProcess.start(each, point.settings()));
    return new ScaleFigures(
        point.varied(),
        point.value(),
        input.name(),
        measured.right(),
        measured.cpuSeconds() / input.counted() * 1e6,
        input.counted() / measured.wallSeconds());
  }
}
