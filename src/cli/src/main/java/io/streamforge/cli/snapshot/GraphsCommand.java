package io.streamforge.cli.snapshot;

import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.runtime.KafkaOptions;
import java.io.IOException;
import java.nio.file.Files;
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

  @Override
  public Integer call() throws Exception {
    OptionalLong atUs = parse(at);
    SnapshotSearch search = new SnapshotSearch(atUs, Optional.ofNullable(graph));
    Map<String, String> values = new LinkedHashMap<>(given);
    if (topic != null) {
      values.put(MarketGraphOptions.GRAPH_FEATURES_TOPIC.key(), topic);
    }
    String where;
    if (source.recordings == null) {
      values.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), source.bootstrapServers);
      Settings settings = new Settings(values);
      where = "topic " + settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC);
      SnapshotSource.read(settings, search, atUs);
    } else {
      where = source.recordings.get(0).toString();
      SnapshotSource.read(source.recordings, values, search, atUs);
    }
    write(search.result(where));
    return 0;
  }

  private void write(GraphFeaturesRecord snapshot) throws IOException {
    String name = String.valueOf(out.getFileName());
    if (name.endsWith(".svg")) {
      Files.writeString(out, GraphPicture.of(snapshot));
    } else if (name.endsWith(".graphml")) {
      Files.writeString(out, GraphMl.of(snapshot));
    } else if (name.endsWith(".csv")) {
      throw new IllegalArgumentException(
          "--out is " + out + ": the tables are several, give a folder for them");
    } else {
      Files.createDirectories(out);
      Files.writeString(out.resolve("graph.svg"), GraphPicture.of(snapshot));
      Files.writeString(out.resolve("graph.graphml"), GraphMl.of(snapshot));
      GraphTables.write(snapshot, out);
    }
    System.out.printf(
        "%s at %s, %d symbols and %d edges: %s%n",
        snapshot.graph(),
        Instant.ofEpochMilli(snapshot.timeUs() / 1000),
        snapshot.nodeIds().size(),
        snapshot.edges() / 2,
        out);
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
