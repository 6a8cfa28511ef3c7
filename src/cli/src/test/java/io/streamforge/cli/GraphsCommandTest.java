package io.streamforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.streamforge.cli.cluster.LocalBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One snapshot out of what a replay wrote, a recording, and a topic. */
@Timeout(120)
class GraphsCommandTest {
  private static final String RECORDING = "../../recordings/kraken-v1-10.jsonl.gz";
  private static final String AT = "2021-04-05 23:47:40";
  private static final List<String> FILES =
      List.of("graph.svg", "graph.graphml", "nodes.csv", "edges.csv", "graph.csv");

  @TempDir static Path folder;

  private static String replayed;
  private static JsonNode graph;

  @BeforeAll
  static void replay() throws IOException {
    Path results = folder.resolve("results");
    assertThat(run("replay", "--recording", RECORDING, "--out", results.toString())).isEmpty();
    replayed = results.resolve("graph-features.jsonl").toString();
    for (String line : Files.readAllLines(Path.of(replayed))) {
      JsonNode read = new ObjectMapper().readTree(line);
      if (read.get("time_us").asLong() == 1617666460000000L) {
        graph = read;
      }
    }
    graphs("replayed", "--at", AT, "--recording", replayed);
  }

  /** What went wrong; empty if nothing did. */
  private static String run(String... arguments) {
    StringWriter errors = new StringWriter();
    int status = Main.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
    assertThat(status != 0).as(errors.toString()).isEqualTo(!errors.toString().isEmpty());
    return errors.toString();
  }

  private static String refused(String... arguments) {
    List<String> all = new ArrayList<>(List.of("graphs", "--out", folder.toString()));
    all.addAll(List.of(arguments));
    String errors = run(all.toArray(String[]::new));
    assertThat(errors.lines()).hasSize(1);
    return errors;
  }

  private static void graphs(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of("graphs", "--out", folder.resolve(name).toString()));
    all.addAll(List.of(arguments));
    assertThat(run(all.toArray(String[]::new))).isEmpty();
  }

  private static void isTheSame(String name) throws IOException {
    for (String file : FILES) {
      assertThat(folder.resolve(name).resolve(file))
          .hasSameBinaryContentAs(folder.resolve("replayed").resolve(file));
    }
  }

  private static List<Map<String, String>> table(String name) throws IOException {
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(folder.resolve("replayed").resolve(name).toFile())) {
      return rows.readAll();
    }
  }

  private static void hasNumbers(Map<String, String> row, JsonNode names, JsonNode numbers) {
    for (int i = 0; i < names.size(); i++) {
      String field = row.get(names.get(i).asText());
      if (numbers.get(i).isNull()) {
        assertThat(field).isEmpty();
      } else {
        assertThat(Double.parseDouble(field)).isEqualTo(numbers.get(i).asDouble());
      }
    }
  }

  @Test
  void theTablesHoldTheRecord() throws IOException {
    List<Map<String, String>> nodes = table("nodes.csv");
    assertThat(nodes).hasSize(graph.get("num_nodes").asInt()).hasSizeGreaterThan(5);
    for (int i = 0; i < nodes.size(); i++) {
      assertThat(nodes.get(i)).containsEntry("id", graph.at("/node_ids/" + i).asText());
      assertThat(nodes.get(i)).containsEntry("book", graph.at("/node_book/" + i).asText());
      hasNumbers(nodes.get(i), graph.get("feature_names"), graph.at("/x/" + i));
    }
    List<Map<String, String>> edges = table("edges.csv");
    assertThat(edges).hasSize(graph.get("num_edges").asInt()).hasSizeGreaterThan(5);
    for (int i = 0; i < edges.size(); i++) {
      int source = graph.at("/edge_index/0/" + i).asInt();
      assertThat(edges.get(i)).containsEntry("source", nodes.get(source).get("id"));
      hasNumbers(edges.get(i), graph.get("edge_attr_names"), graph.at("/edge_attr/" + i));
    }
    hasNumbers(table("graph.csv").get(0), graph.get("u_names"), graph.get("u"));
  }

  @Test
  void aRecordingGivesTheSameBytes() throws IOException {
    graphs("recorded", "--at", "1617666460000000", "--recording", RECORDING);
    isTheSame("recorded");
  }

  @Test
  void aTopicGivesTheSameBytes() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      broker.createTopic("graphs", 3);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers()),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        for (String line : Files.readAllLines(Path.of(replayed))) {
          long timeUs = new ObjectMapper().readTree(line).get("time_us").asLong();
          byte[] value = line.getBytes(StandardCharsets.UTF_8);
          producer.send(new ProducerRecord<>("graphs", null, timeUs / 1000, null, value)).get();
        }
      }
      String servers = broker.bootstrapServers();
      graphs("read", "--at", AT, "--bootstrap-servers", servers, "--topic", "graphs");
      isTheSame("read");
      String[] late = {"--at", "2022-01-01T00:00:00Z", "--bootstrap-servers", servers};
      assertThat(refused(late)).contains("there is no topic graph-features");
      assertThat(refused(late[0], late[1], late[2], late[3], "--topic", "graphs"))
          .contains("the nearest: 2021-04-05T23:49:03Z");
    }
  }

  @Test
  void oneFileIsWrittenWhereOneIsAskedFor() throws IOException {
    graphs("alone.svg", "--at", AT, "--recording", replayed, "--graph", "market");
    assertThat(folder.resolve("alone.svg"))
        .hasSameBinaryContentAs(folder.resolve("replayed/graph.svg"));
  }

  @Test
  void saysWhatThereIsInstead() {
    assertThat(refused("--at", "2021-04-05T23:47:40.5Z", "--recording", replayed))
        .contains("the nearest: 2021-04-05T23:47:40Z, 2021-04-05T23:47:41Z");
    assertThat(refused("--at", AT, "--recording", replayed, "--graph", "nasdaq"))
        .contains("'nasdaq'")
        .contains("there is market");
    assertThat(refused("--at", "noon", "--recording", replayed)).contains("'noon'");
    assertThat(refused("--at", AT, "--recording", "pom.xml")).contains("pom.xml");
    assertThat(refused("--at", AT, "--recording", "nowhere.jsonl")).contains("no such file");
  }
}
