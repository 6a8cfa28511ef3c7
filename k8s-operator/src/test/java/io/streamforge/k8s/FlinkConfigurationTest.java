package io.streamforge.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.marketgraph.Settings;
import io.streamforge.runtime.InstrumentOptions;
import io.streamforge.settings.SettingKey;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the FlinkDeployment configures: Flink and the operator ignore what they do not know. */
class FlinkConfigurationTest {
  private static final Path FLINK_CONF = Manifests.FOLDER.resolveSibling("flink-conf");
  private static final String REPORTER = "metrics.reporter.prom.";

  /** A parameter of the reporter's own, not an option. */
  private static final String REPORTER_PORT = REPORTER + "port";

  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void everyKeyIsOneOfFlinkTheOperatorOrTheJob(String overlay) throws Exception {
    Map<String, ConfigOption<?>> flink = flinkOptions();
    Set<String> operator = operatorOptions();
    Map<String, String> configuration = Manifests.of(overlay).flinkConfiguration();

    assertThat(configuration.keySet())
        .filteredOn(key -> !key.startsWith(SettingKey.PREFIX))
        .filteredOn(key -> !key.equals(REPORTER_PORT))
        .allMatch(key -> flink.containsKey(key) || operator.contains(key));
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void everyValueOfFlinksCanBeRead(String overlay) throws Exception {
    Map<String, String> values = Manifests.of(overlay).flinkConfiguration();
    Configuration configuration = Configuration.fromMap(values);

    flinkOptions()
        .forEach(
            (key, option) -> {
              if (values.containsKey(key)) {
                assertThatCode(() -> configuration.getOptional(option))
                    .as("%s: %s", key, values.get(key))
                    .doesNotThrowAnyException();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void theJobAcceptsItsSettings(String overlay) {
    Settings settings = new Settings(Manifests.of(overlay).settings());

    assertThat(settings.kafkaProperties())
        .containsEntry("security.protocol", "SASL_SSL")
        .allSatisfy((key, value) -> assertThat(value.toString()).doesNotContain("password="));
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void checkpointsAreAligned(String overlay) {
    Configuration configuration = Configuration.fromMap(Manifests.of(overlay).flinkConfiguration());

    assertThat(configuration.get(CheckpointingOptions.ENABLE_UNALIGNED)).isFalse();
  }

  /** The port is another, since a pod has one process. */
  @ParameterizedTest
  @CsvSource({"dev, memory-2g.yaml", "production, memory-8g.yaml"})
  void agreesWithTheConfigurationOfOtherClusters(String overlay, String memory) throws IOException {
    Map<String, String> configuration = OperatedFlink.configuration(Manifests.of(overlay)).toMap();

    for (String file : List.of("config.yaml", memory)) {
      JsonNode values =
          Manifests.parse(Files.readString(FLINK_CONF.resolve(file))).resources().get(0);
      for (Map.Entry<String, JsonNode> entry : values.properties()) {
        JsonNode value = entry.getValue();
        if (!entry.getKey().equals(REPORTER_PORT)) {
          assertThat(configuration)
              .containsEntry(
                  entry.getKey(),
                  value.isArray() ? String.join(";", Manifests.texts(value)) : value.asText());
        }
      }
    }
  }

  @Test
  void logsAsOtherClustersInContainers() throws IOException {
    String file = "log4j-console.properties";

    assertThat(
            Manifests.of("production")
                .flinkDeployment()
                .at("/spec/logConfiguration")
                .get(file)
                .asText())
        .isEqualTo(Files.readString(FLINK_CONF.resolve(file)));
  }

  /** The heap of a TaskManager has room for the books of every slot twice. */
  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void booksFitTheHeap(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    TaskExecutorProcessSpec process =
        TaskExecutorProcessUtils.processSpecFromConfig(OperatedFlink.configuration(manifests));
    MemorySize books = new Settings(manifests.settings()).get(InstrumentOptions.CACHE_SIZE);

    assertThat(process.getTaskHeapSize().getBytes())
        .isGreaterThan(2L * process.getNumSlots() * books.getBytes());
  }

  private static Map<String, ConfigOption<?>> flinkOptions()
      throws IOException, ReflectiveOperationException, URISyntaxException {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    for (Class<?> in :
        List.of(
            CoreOptions.class,
            MetricRegistryImpl.class,
            RocksDBOptions.class,
            KubernetesConfigOptions.class)) {
      Path jar = Path.of(in.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (JarFile file = new JarFile(jar.toFile())) {
        List<String> classes =
            file.stream()
                .map(entry -> entry.getName())
                .filter(
                    name -> name.startsWith("org/apache/flink/") && name.endsWith("Options.class"))
                .map(name -> name.replace('/', '.').replaceAll("\\.class$", ""))
                .toList();
        for (String name : classes) {
          addOptions(Class.forName(name), options);
        }
      }
    }
    return options;
  }

  private static void addOptions(Class<?> of, Map<String, ConfigOption<?>> options)
      throws IllegalAccessException {
    for (Field field : of.getFields()) {
      if (Modifier.isStatic(field.getModifiers())
          && ConfigOption.class.isAssignableFrom(field.getType())) {
        ConfigOption<?> option = (ConfigOption<?>) field.get(null);
        options.put(option.key(), option);
        options.put(REPORTER + option.key(), option); // some are named without their prefix
      }
    }
  }

  private static Set<String> operatorOptions() throws IOException {
    try (InputStream in =
        FlinkConfigurationTest.class.getResourceAsStream("/flink-operator-options.txt")) {
      return new HashSet<>(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }
}
