package io.streamforge.bench.latency;

import io.streamforge.bench.experiment.Experiment;
import io.streamforge.bench.experiment.Table;
import io.streamforge.bench.process.BenchBroker;
import io.streamforge.bench.process.JavaProcess;
import io.streamforge.settings.SettingKey;
import io.streamforge.testkit.feed.Pace;
import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench latency}: how long a graph takes. */
@Command(
    name = "latency",
    description =
        "How long it takes from the record that completes a sample to its graph, and how old a graph is when it is read:"
            + " open loop, from the times at which records are to be sent. Broker and job are in processes of their own.")
public final class LatencyExperiment extends Experiment<ScenarioFigures> {
  // Samples cost by the second of the market's time: it should run about as fast as the clock.
  private static final double RATE_OF_MAXIMUM = 20_000;
  private static final double RATE_OF_AN_INSTRUMENT = 1_000;
  private static final int LONGEST_OF_MAXIMUM = 20;
  private static final String NOTES =
      """

        Milliseconds: p50 / p99 / p99.9, or p50 / p99; a percentile is there if a value lies beyond it.
        graph, symbols  from the intended send time of the record that completes a sample to the graph,
                        and to the features of each instrument, read committed.
        book message    from its intended send time to its instrument's features: the rest of its sample,
                        source.max-lateness and source.max-out-of-orderness are in it.
        age             of a graph when it is read, since the time T that it is of.
        event           from the intended send time of a message to its market event, read committed.
        feed late       p99 of how late the feed sent; the latencies have it in them.
        cores           that the job and the broker took; the feed, the reader and they share the machine.
        The maximum is closed loop, feed, broker and job together.
      """;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description = "Of ${COMPLETION-CANDIDATES}.")
  private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

  @Option(names = "--instruments", paramLabel = "N", description = "Of a busy market.")
  private int instruments = 200;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "That count, of each scenario; a graph a second.")
  private int seconds = 120;

  @Option(names = "--warm-up", paramLabel = "N", description = "Seconds before those that count.")
  private int warmUp = 60;

  @Option(
      names = "--maximum",
      paramLabel = "N",
      description = "Messages a second that the loads are shares of; 0: is measured first.")
  private double maximum;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the job.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--flink", paramLabel = "KEY=VALUE", description = "An option of Flink.")
  private Map<String, String> flink = new LinkedHashMap<>();

  /**
   * All that was measured.
   *
   * @param maximum messages per second that feed, broker and job manage together, closed loop
   * @param seconds that count, of each scenario
   * @param settings of all scenarios, that differ from the defaults
   */
  private record Document(
      double maximum,
      int instruments,
      int warmUpSeconds,
      int seconds,
      Map<String, String> settings,
      List<ScenarioFigures> scenarios) {}

  @Override
  protected Document document(List<ScenarioFigures> figures) {
    return new Document(maximum, instruments, warmUp, seconds, settings(), figures);
  }

  private Map<String, String> settings() {
    Map<String, String> all = new HashMap<>(flink);
    settings.forEach((key, value) -> all.put(SettingKey.PREFIX + key, value));
    return all;
  }

  /** Scenarios in turn, each at its share of what feed, broker and job manage at most. */
  @Override
  protected void measure(Figures<ScenarioFigures> done) throws Exception {
    atLeastOne("--instruments", instruments);
    atLeastOne("--seconds", seconds);
    atLeastOne("--warm-up", warmUp);
    try (JavaProcess broker = BenchBroker.start()) {
      String bootstrapServers = broker.line();
      if (maximum <= 0) {
        maximum = maximum(broker, bootstrapServers);
        say("at most %,.0f messages/s".formatted(maximum));
      }
      for (Scenario scenario : EnumSet.copyOf(scenarios)) {
        Load load =
            new Load(
                maximum * scenario.load,
                scenario.instruments(instruments),
                warmUp,
                seconds,
                newestGraphUs -> Pace.OPEN_LOOP);
        String run = scenario.name().toLowerCase(Locale.ROOT);
        ScenarioFigures measured =
            new LatencyRound(broker, bootstrapServers, run, scenario, load).run(settings());
        Double median = measured.graphMs().p50();
        say(
            median == null
                ? run + ": no median, fewer than two graphs have a record that completed them"
                : "%s: graphs after %.1f ms in the median".formatted(run, median));
        done.add(measured);
      }
    }
  }

  /** Closed loop: as fast as graphs come back, feed, broker and job together on this machine. */
  private double maximum(JavaProcess broker, String bootstrapServers)
      throws IOException, InterruptedException {
    Load load =
        new Load(
            Math.min(RATE_OF_MAXIMUM, RATE_OF_AN_INSTRUMENT * instruments),
            instruments,
            Math.min(warmUp, LONGEST_OF_MAXIMUM),
            Math.min(seconds, LONGEST_OF_MAXIMUM),
            Pace::closedLoop);
    return new LatencyRound(broker, bootstrapServers, "maximum", Scenario.LOAD_50, load)
        .run(settings())
        .messagesPerSecond();
  }

  @Override
  protected void print(List<ScenarioFigures> figures, PrintStream to) {
    to.printf(
        "%nAt most %,.0f messages/s; %d instruments; %d s after %d s that warm up; settings %s%n",
        maximum, instruments, seconds, warmUp, settings());
    Table table =
        new Table(
            "",
            "message/s",
            "graph",
            "symbols",
            "book message",
            "age",
            "event",
            "feed late",
            "job",
            "broker");
    for (ScenarioFigures f : figures) {
      table.row(
          f.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          "%,.0f".formatted(f.messagesPerSecond()),
          three(f.graphMs()),
          three(f.symbolMs()),
          two(f.bookMessageMs()),
          two(f.graphAgeMs()),
          two(f.eventMs()),
          text(f.feedLateMs().p99()),
          "%.2f".formatted(f.jobCores()),
          "%.2f".formatted(f.brokerCores()));
    }
    table.print(to);
    to.print(NOTES);
  }

  private static String three(Percentiles p) {
    return two(p) + " / " + text(p.p999());
  }

  private static String two(Percentiles p) {
    return text(p.p50()) + " / " + text(p.p99());
  }

  private static String text(Double ms) {
    return ms == null ? "–" : "%.1f".formatted(ms);
  }
}
