package io.streamforge.cli.snapshot;

import io.streamforge.cli.topics.BrokerCheck;
import io.streamforge.cli.topics.JobFile;
import io.streamforge.kafka.KafkaConnection;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.settings.SettingKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graphs}: one snapshot, for a notebook or a report. */
@Command(
    name = "graphs",
    description =
        "Writes one snapshot of the graph as a picture (graph.svg), as GraphML (graph.graphml) and as tables"
            + " (nodes.csv, edges.csv, graph.csv). The same snapshot gives the same bytes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class GraphsCommand implements Callable<Integer> {
  @Option(
      names = "--at",
      required = true,
      paramLabel = "TIME",
      description =
          "Time of the snapshot: 2021-04-05T23:49:01Z, '2021-04-05 23:49:01' (UTC), microseconds since the epoch,"
              + " or latest.")
  private String at;

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** Either of two. */
  private static final class Source {
    @Option(
        names = "--recording",
        arity = "1..*",
        paramLabel = "FILE",
        description =
            "graph-features.jsonl, as replay writes it; or recordings, of which the job makes graphs first.")
    private List<Path> recordings;

    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "Kafka brokers, whose topic of graphs is read.")
    private String bootstrapServers;
  }

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Topic of the graphs. Default: that of the settings, graph-features.")
  private String topic;

  @Option(
      names = "--graph",
      paramLabel = "NAME",
      description = "Name of the graph, where there are several.")
  private String graph;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR|FILE",
      description = "Folder for all of them, made if missing; or a file, .svg or .graphml.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the job, or for a broker that wants a login.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Mixin private JobFile file;

  @Override
  public Integer call() throws Exception {
    OptionalLong atUs = parse(at);
    SnapshotFiles files = SnapshotFiles.at(out);
    SnapshotSearch search = new SnapshotSearch(atUs, Optional.ofNullable(graph));
    Map<String, String> values = file.under(given);
    if (topic != null) {
      values.put(SettingKey.typed(MarketGraphOptions.GRAPH_FEATURES_TOPIC.key()), topic);
    }
    String where;
    if (source.recordings == null) {
      values.put(KafkaConnection.BOOTSTRAP_SERVERS, source.bootstrapServers);
      Settings settings = new Settings(values);
      where = "topic " + settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC);
      BrokerCheck.check(source.bootstrapServers, settings.kafkaProperties(), List.of());
      SnapshotSource.read(settings, search, atUs);
    } else {
      where = source.recordings.get(0).toString();
      SnapshotSource.read(source.recordings, values, search, atUs);
    }
    GraphFeaturesRecord snapshot = search.result(where);
    files.write(snapshot);
    System.out.printf(
        "%s at %s, %d symbols and %d edges: %s%n",
        snapshot.graph(),
        Instant.ofEpochMilli(snapshot.timeUs() / 1000),
        snapshot.nodeIds().size(),
        snapshot.edges() / 2,
        out);
    return 0;
  }

  /** Empty for the newest. */
  static OptionalLong parse(String time) {
    if (time.equals("latest")) {
      return OptionalLong.empty();
    }
    try {
      if (time.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return OptionalLong.of(Long.parseLong(time));
      }
      String iso = time.replace(" UTC", "").replace(' ', 'T');
      Instant instant =
          iso.endsWith("Z")
              ? Instant.parse(iso)
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      return OptionalLong.of(
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000));
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "--at is '"
              + time
              + "', must be a time such as 2021-04-05T23:49:01Z, microseconds since the epoch, or latest",
          e);
    }
  }
}
