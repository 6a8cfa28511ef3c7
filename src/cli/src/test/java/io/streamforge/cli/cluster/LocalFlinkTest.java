package io.streamforge.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFlinkTest {
  @TempDir Path checkpoints;

  @BeforeAll
  static void bePatient() {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  @Test
  void jobOnRocksDbSurvivesLossOfTaskManager() throws Exception {
    try (LocalFlink flink = LocalFlink.start(checkpointsHere(), 2, 0)) {
      JobID job = flink.submit(countingJob(), "count");
      await().until(() -> flink.completedCheckpoints(job) >= 2);
      assertThat(flink.failure(job)).isEmpty();
      assertThat(checkpointFiles()).isPositive();

      long counted = Count.SEEN.get(0L);
      flink.restartTaskManager();

      await().until(() -> flink.failure(job).isPresent());
      await().until(() -> flink.state(job) == JobStatus.RUNNING);
      long before = flink.completedCheckpoints(job);
      await().until(() -> flink.completedCheckpoints(job) > before);
      await().until(() -> Count.SEEN.get(0L) > counted);
      assertThat(Count.STARTS.get()).isEqualTo(8);

      flink.cancel(job);
      await().until(() -> flink.state(job) == JobStatus.CANCELED);
    }
  }

  @Test
  void webUiAnswers() throws Exception {
    try (LocalFlink flink = LocalFlink.start(new Configuration(), 1, 0)) {
      assertThat(get(flink.webUi().resolve("/"))).contains("<html");
      assertThat(get(flink.webUi().resolve("/overview"))).contains("\"slots-total\":1");
    }
  }

  private Configuration checkpointsHere() {
    return new Configuration()
        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
  }

  private long checkpointFiles() throws Exception {
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private static StreamExecutionEnvironment countingJob() {
    Configuration settings =
        new Configuration()
            .set(StateBackendOptions.STATE_BACKEND, "rocksdb")
            .set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true)
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(2);
    env.fromSource(
            new DataGeneratorSource<>(
                i -> i % 8, Long.MAX_VALUE, RateLimiterStrategy.perSecond(1_000), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .keyBy(number -> number)
        .process(new Count())
        .sinkTo(new DiscardingSink<>());
    return env;
  }

  private static String get(URI address) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  /** Counts by key, and tells how far it is, and how many keys it met without state. */
  private static final class Count extends KeyedProcessFunction<Long, Long, Long> {
    static final ConcurrentHashMap<Long, Long> SEEN = new ConcurrentHashMap<>();
    static final AtomicInteger STARTS = new AtomicInteger();

    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Long key, Context context, Collector<Long> out) throws Exception {
      Long before = count.value();
      if (before == null) {
        STARTS.incrementAndGet();
      }
      long now = before == null ? 1 : before + 1;
      count.update(now);
      SEEN.put(key, now);
      out.collect(now);
    }
  }
}
