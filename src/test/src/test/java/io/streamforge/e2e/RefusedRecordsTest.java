package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.replay.EmbeddedJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A topic out that takes smaller records than before, while the job runs: the job says so, and goes
 * on with the same bytes once the topic takes them again. The TaskManager stays.
 */
@Timeout(300)
class RefusedRecordsTest {
  private static final Path RECORDING = Replays.recording("binance-us-10");

  @TempDir static Path folder;

  private static Path reference;
  private static Set<String> adminClientsBefore;

  @BeforeAll
  static void replayOnce() throws Exception {
    adminClientsBefore = adminClients();
    reference = folder.resolve("reference");
    Replays.replay(RECORDING, reference, 1, 1, Replays.MAX_SPEED);
  }

  /** The connector's writer leaves one behind at each start, if nobody closes it. */
  @AfterAll
  static void noAdminClientIsLeft() {
    await().atMost(Duration.ofSeconds(30)).until(() -> adminClientsBefore.equals(adminClients()));
  }

  /** By the names of their threads. */
  private static Set<String> adminClients() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("kafka-admin-client-thread"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void theJobFailsWithTheTopicsNameAndGoesOnWhenItTakesThemAgain(String guarantee)
      throws Exception {
    Path out = folder.resolve(guarantee);
    Replays.replay(
        RECORDING,
        out,
        2,
        4,
        5,
        Map.of("sink.delivery-guarantee", guarantee),
        RefusedRecordsTest::refuseForAWhile);
    for (String file : List.of("symbol-features.jsonl", "graph-features.jsonl")) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(reference.resolve(file));
    }
  }

  private static void refuseForAWhile(EmbeddedJob market) throws Exception {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> market.flink().completedCheckpoints(market.job()) >= 2);
    takeAtMost(market, 500);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> market.flink().failure(market.job()).isPresent());
    takeAtMost(market, 1 << 20);
    Throwable failure = market.flink().failure(market.job()).orElseThrow();
    assertThat(ExceptionUtils.stringifyException(failure))
        .containsPattern(
            "Kafka refuses a record of topic symbol-features for its size: of those that it has not"
                + " acknowledged the largest has \\d{4} bytes before compression; raise max.message.bytes");
  }

  private static void takeAtMost(EmbeddedJob market, int bytes) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "symbol-features");
    ConfigEntry limit =
        new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    market
        .broker()
        .admin()
        .incrementalAlterConfigs(
            Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }
}
