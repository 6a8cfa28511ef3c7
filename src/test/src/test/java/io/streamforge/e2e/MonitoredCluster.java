package io.streamforge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.Settings;
import io.streamforge.topic.RawTopicWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What Prometheus makes of a job that runs, once something has gone wrong in each of its topics.
 */
final class MonitoredCluster implements AutoCloseable {
  private static final Path DASHBOARD =
      ScriptedCluster.HOME.resolve("flink-conf/grafana/streamforge.json");

  /** Begins the names of what another process measures: LoaderFiguresTest has these. */
  private static final String OF_LOADER = "streamforge_loader_";

  private static final Pattern METRIC = Pattern.compile("\\b(streamforge:[\\w:]+|flink_\\w+)");

  private final Prometheus prometheus;
  private final RawTopicWriter writer;
  private final String bootstrapServers;

  /** After all that a recording holds. */
  private final long timeUs = (System.currentTimeMillis() - 60_000) * 1000;

  MonitoredCluster(Prometheus prometheus, Settings settings) {
    this.prometheus = prometheus;
    this.writer = Topics.writer(settings);
    this.bootstrapServers = settings.bootstrapServers();
  }

  /** No expression is misspelt: Prometheus has something for each of them. */
  void assertRulesAndDashboardHaveData() throws Exception {
    loseBookAndTrade();
    letTheBrokerWriteTimestamps();
    List<String> expressions = new ArrayList<>(dashboard());
    for (JsonNode rule : prometheus.rules()) {
      String expression = rule.get("query").asText();
      if (rule.get("type").asText().equals("recording")) {
        expressions.add(expression);
      } else { // which has nothing while all is well
        METRIC.matcher(expression).results().map(MatchResult::group).forEach(expressions::add);
      }
    }
    assertThat(expressions).hasSizeGreaterThan(80);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              receiveByWrongClocks();
              assertThat(expressions)
                  .allSatisfy(expression -> assertThat(prometheus.query(expression)).isNotEmpty());
            });
    assertThat(prometheus.rules())
        .allSatisfy(rule -> assertThat(rule.get("health").asText()).as("%s", rule).isEqualTo("ok"));
  }

  private static List<String> dashboard() throws Exception {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String expression = target.get("expr").asText();
        if (!expression.contains(OF_LOADER)) {
          expressions.add(expression.replace("$job", ".+").replace("$__rate_interval", "30s"));
        }
      }
    }
    return expressions;
  }

  /** A book without a snapshot, and a trade that is none. */
  private void loseBookAndTrade() {
    send(
        "raw-orderbooks",
        """
        {"type":"book","venue":"acme","symbol":"LOST","previous_sequence":7,"sequence":8,\
        "bids":[["10","1"]],"asks":[["11","1"]]}""");
    send("raw-trades", "no trade at all");
    writer.heartbeat(timeUs + 20_000_000);
    writer.flush();
  }

  private void letTheBrokerWriteTimestamps() throws Exception {
    AlterConfigOp append =
        new AlterConfigOp(
            new ConfigEntry("message.timestamp.type", "LogAppendTime"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, "raw-trades"), List.of(append)))
          .all()
          .get();
    }
  }

  /** An hour ahead and an hour behind, from when on the broker's clock is another one. */
  private void receiveByWrongClocks() {
    writer.heartbeat("raw-trades", 0, timeUs + 3_600_000_000L);
    writer.heartbeat("raw-trades", 0, timeUs - 3_600_000_000L);
    writer.flush();
  }

  private void send(String topic, String value) {
    writer.send(topic, "LOST".getBytes(UTF_8), "streamforge", timeUs, value.getBytes(UTF_8));
  }

  @Override
  public void close() {
    writer.close();
  }
}
