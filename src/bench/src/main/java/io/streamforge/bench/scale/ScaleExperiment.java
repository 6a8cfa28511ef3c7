package io.streamforge.bench.scale;

import io.streamforge.bench.experiment.Experiment;
import io.streamforge.bench.experiment.Table;
import io.streamforge.bench.load.MarketInput;
import io.streamforge.bench.process.BenchBroker;
import io.streamforge.bench.process.JavaProcess;
import io.streamforge.bench.throughput.Contestant;
import io.streamforge.bench.throughput.Measurement;
import io.streamforge.bench.throughput.Reference;
import io.streamforge.bench.throughput.ThroughputRound;
import io.streamforge.testkit.feed.RunTopics;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench scale}: what more of everything costs. */
@Command(
    name = "scale",
    description =
        "The job over markets of 10 to 4 000 symbols, books of 20 to 5 000 levels a side, at parallelism 1 and 2, with and"
            + " without checkpoints, and over one symbol alone, from a backlog. Broker and job are in processes of their own.")
public final class ScaleExperiment extends Experiment<ScaleExperiment.Point> {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String NOTES =
      """

        What is not said: 200 symbols with books of 1,000 levels a side, 5 messages a symbol and
        second, parallelism 1, a checkpoint each 10 s. CPU is that of the job's whole process;
        broker and reader share the machine. Each answer is that of the plain loop.
      """;

  @Option(names = "--messages", paramLabel = "N", description = "That count, of each point.")
  private int messages = 200_000;

  @Option(names = "--warm-up", paramLabel = "N", description = "Messages before those that count.")
  private int warmUp = 150_000;

  /**
   * What was measured of one point, in one round.
   *
   * @param varied what differs from the other points
   * @param right whether every record came out as it has to; a wrong answer has no times
   * @param cpuSecondsPerMillion processor time of the job's process
   * @param messagesPerSecond by the clock, with the broker and the reader on the same machine
   */
  record Point(
      String varied,
      String value,
      String input,
      boolean right,
      double cpuSecondsPerMillion,
      double messagesPerSecond) {}

  @Override
  protected void measure(Figures<Point> done) throws Exception {
    measure(ScalePoint.all(warmUp, messages), PAUSE, done);
  }

  /** Starts a broker and, for each point, a process. */
  static void measure(List<ScalePoint> points, Duration pause, Figures<Point> done)
      throws IOException, InterruptedException {
    Map<MarketInput, Reference> references = new HashMap<>();
    try (JavaProcess broker = BenchBroker.start()) {
      String bootstrapServers = broker.line();
      for (ScalePoint point : points) {
        RunTopics topics = new RunTopics(bootstrapServers, "scale-" + points.indexOf(point));
        Reference reference = references.computeIfAbsent(point.input(), Reference::of);
        Point measured =
            measure(point, new ThroughputRound(point.input(), reference, pause), topics);
        say(
            "%s %s: %,.0f messages/s"
                .formatted(point.varied(), point.value(), measured.messagesPerSecond));
        done.add(measured);
      }
    }
  }

  private static Point measure(ScalePoint point, ThroughputRound round, RunTopics topics)
      throws IOException, InterruptedException {
    Measurement measured = round.between(topics, Contestant.OURS, point.settings());
    return new Point(
        point.varied(),
        point.value(),
        point.input().name(),
        measured.right(),
        measured.cpuSeconds() / point.input().counted() * 1e6,
        point.input().counted() / measured.wallSeconds());
  }

  @Override
  protected void print(List<Point> figures, PrintStream to) {
    Table table = new Table("", "", "CPU s a million", "messages/s by the clock");
    for (Point f : figures) {
      table.row(
          f.varied,
          f.value,
          f.right ? "%.1f".formatted(f.cpuSecondsPerMillion) : "wrong answer",
          f.right ? "%,.0f".formatted(f.messagesPerSecond) : "");
    }
    table.print(to);
    to.print(NOTES);
  }
}
