package io.streamforge.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.marketgraph.Settings;
import io.streamforge.settings.SettingKey;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of flink-conf are what Flink takes them for. */
class FlinkConfTest {
  private static final Path HOME = Path.of("..", "..");
  private static final Path FLINK_CONF = HOME.resolve("flink-conf");
  private static final String REPORTER = "metrics.reporter.prom.";

  @TempDir Path work;

  private Configuration together(String memory) throws IOException {
    return ClusterConfiguration.read(
        work,
        FLINK_CONF,
        List.of(
            "config.yaml", "memory-" + memory + ".yaml", "site.yaml", "high-availability.yaml"));
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                ClusterConfiguration.read(
                    work, FLINK_CONF, List.of("memory-2g.yaml", "memory-8g.yaml")))
        .hasStackTraceContaining("duplicate key");
  }

  @Test
  void aFolderWithASpaceIsTheOneThatFlinkWritesTo() throws IOException {
    Path folder = work.resolve("a cluster");
    ClusterPlan plan = new ClusterPlan(1, "2g", true, 8081, 9092, 1);
    ClusterConfiguration.write(folder, FLINK_CONF, plan, 6123, 2181);
    Configuration read = GlobalConfiguration.loadConfiguration(folder.resolve("conf").toString());
    for (ConfigOption<String> option :
        List.of(
            CheckpointingOptions.CHECKPOINTS_DIRECTORY,
            CheckpointingOptions.SAVEPOINT_DIRECTORY,
            HighAvailabilityOptions.HA_STORAGE_PATH)) {
      assertThat(new org.apache.flink.core.fs.Path(read.get(option)).getPath())
          .startsWith(folder.toAbsolutePath() + "/");
    }
    Matcher savepoint = Upgrade.SAVEPOINT.matcher("Savepoint completed. Path: file:/a b/s\n");
    assertThat(savepoint.find()).isTrue();
    assertThat(savepoint.group(1)).isEqualTo("file:/a b/s");
  }

  @ParameterizedTest
  @CsvSource({"2g", "8g", "32g"})
  void everyKeyIsAnOptionOfFlinkOrOfTheJobWithAValueOfItsType(String memory) throws Exception {
    Configuration configuration = together(memory);
    Map<String, ConfigOption<?>> options = optionsOfFlink();
    assertThat(options).hasSizeGreaterThan(400);
    Map<String, String> job = new HashMap<>();
    for (Map.Entry<String, String> entry : configuration.toMap().entrySet()) {
      String key = entry.getKey();
      if (key.startsWith(SettingKey.PREFIX)) {
        job.put(key, entry.getValue());
      } else if (!key.equals(REPORTER + "port")) { // which is the reporter's own
        String option = key.startsWith(REPORTER) ? key.substring(REPORTER.length()) : key;
        assertThat(options).as(key).containsKey(option);
        if (option.equals(key)) {
          assertThat(configuration.getOptional(options.get(key))).as(key).isPresent();
        }
      }
    }
    assertThat(new Settings(job).bootstrapServers()).isNotEmpty();
  }

  /** From the classes that end in Options of what is in a Flink distribution. */
  private static Map<String, ConfigOption<?>> optionsOfFlink() throws Exception {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    for (Class<?> one :
        List.of(CoreOptions.class, MetricRegistryImpl.class, RocksDBOptions.class)) {
      Path jar = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : Collections.list(file.entries())) {
          if (entry.getName().endsWith("Options.class")) {
            String name = entry.getName().replace('/', '.').replaceAll("\\.class$", "");
            addOptions(Class.forName(name), options);
          }
        }
      }
    }
    return options;
  }

  private static void addOptions(Class<?> type, Map<String, ConfigOption<?>> options)
      throws IllegalAccessException {
    for (Field field : type.getFields()) {
      if (Modifier.isStatic(field.getModifiers())
          && field.get(null) instanceof ConfigOption<?> option) {
        options.put(option.key(), option);
      }
    }
  }

  /** Flink's own arithmetic of what a process may take, which refuses what does not add up. */
  @ParameterizedTest
  @CsvSource({"2g, 2, 800, 380", "8g, 8, 4200, 2100", "32g, 32, 18000, 10000"})
  void memoryAddsUp(String memory, int gigabytes, int leastHeapMb, int leastManagedMb)
      throws IOException {
    Configuration configuration = together(memory);
    TaskExecutorProcessSpec process = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    assertThat(process.getTotalProcessMemorySize())
        .isEqualTo(MemorySize.ofMebiBytes(1024L * gigabytes));
    assertThat(process.getTaskHeapSize().getMebiBytes()).isGreaterThanOrEqualTo(leastHeapMb);
    assertThat(process.getManagedMemorySize().getMebiBytes())
        .isGreaterThanOrEqualTo(leastManagedMb);
    assertThat(JobManagerProcessUtils.processSpecFromConfig(configuration).getJvmHeapMemorySize())
        .isGreaterThan(MemorySize.ofMebiBytes(400));

    MemorySize books =
        MemorySize.parse(configuration.toMap().get(SettingKey.PREFIX + "instrument.cache-size"));
    assertThat(books.multiply(configuration.get(TaskManagerOptions.NUM_TASK_SLOTS)))
        .as("books in memory of all slots leave half of the heap to everything else")
        .isLessThanOrEqualTo(process.getTaskHeapSize().divide(2));
  }

  @Test
  void holdsWhatTheJobRestsOn() throws IOException {
    Configuration configuration = together("8g");
    assertThat(configuration.get(CheckpointingOptions.ENABLE_UNALIGNED)).isFalse();
    assertThat(configuration.get(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT)).isZero();
    assertThat(configuration.get(WebOptions.SUBMIT_ENABLE)).isFalse();
    assertThat(configuration.get(WebOptions.CANCEL_ENABLE)).isFalse();
    assertThat(configuration.get(WebOptions.RESCALE_ENABLE)).isFalse();
  }

  @Test
  void everyJvmReachesIntoTheSame() throws IOException {
    String inTests =
        Files.readAllLines(HOME.resolve("src/cli/jvm.options")).stream()
            .filter(line -> line.startsWith("--"))
            .collect(Collectors.joining(" "));
    assertThat(together("2g").get(CoreOptions.FLINK_JVM_OPTIONS)).isEqualTo(inTests);
  }
}
