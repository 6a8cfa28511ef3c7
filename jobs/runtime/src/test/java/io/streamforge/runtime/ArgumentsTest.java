package io.streamforge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {
  private static final String BROKERS = "kafka.bootstrap-servers=a:1";

  private static JobSettings detector(Configuration flink, String... args) {
    return Arguments.settings(TestJob.DETECTOR, args, flink);
  }

  private static JobSettings predictor(Configuration flink, String... args) {
    return Arguments.settings(TestJob.PREDICTOR, args, flink);
  }

  private static Configuration flink(String... keysAndValues) {
    Configuration flink = new Configuration();
    flink.setString("parallelism.default", "3"); // Flink's own business
    flink.setString("streamforge.kafka.bootstrap-servers", "flink:9092");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      flink.setString(keysAndValues[i], keysAndValues[i + 1]);
    }
    return flink;
  }

  @Test
  void laterPlacesWin(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("job.properties");
    Files.writeString(
        file,
        """
        \ufeff# with the prefix or without, after the mark that some editors begin with
        streamforge.job.name = file
        alerts.threshold=5
        source.start=latest
        """);
    JobSettings settings =
        detector(
            flink("streamforge.job.name", "flink", "streamforge.alerts.threshold", "4"),
            "--set",
            "alerts.threshold=6",
            "--config",
            file.toString());
    assertThat(settings.get(KafkaOptions.BOOTSTRAP_SERVERS)).isEqualTo("flink:9092");
    assertThat(settings.names().name(settings)).isEqualTo("file");
    assertThat(settings.get(TestJob.THRESHOLD)).isEqualTo(6);
    assertThat(settings.get(SourceOptions.START)).isEqualTo("latest");
  }

  @Test
  void aValueMayHoldAnEqualsSign() {
    JobSettings settings =
        detector(flink(), "--set", "kafka.properties.sasl.jaas.config= x y=\"z\"; ");
    assertThat(TestJob.KAFKA.properties(settings))
        .containsOnly(Map.entry("sasl.jaas.config", "x y=\"z\";"));
  }

  @Test
  void propertiesOfKafkasClientsAreCheckedForEveryJob() {
    assertThatThrownBy(() -> predictor(flink(), "--set", "kafka.properties.security.protocl=SSL"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("security.protocl")
        .hasMessageEndingWith("the nearest is security.protocol");
  }

  /** Two jobs on a cluster: its configuration has the settings of both. */
  @Test
  void ofTheSharedConfigurationEachJobTakesItsOwnGroupsAlone() {
    Configuration shared =
        flink("streamforge.alerts.threshold", "2.5", "streamforge.forecast.horizon", "30");
    assertThat(detector(shared).get(TestJob.THRESHOLD)).isEqualTo(2.5);
    assertThat(predictor(shared).get(TestJob.HORIZON)).isEqualTo(30);
  }

  @Test
  void ofTheSharedConfigurationEachJobRefusesItsOwnTyposAlone() {
    Configuration typo = flink("streamforge.alerts.treshold", "2.5");
    assertThat(predictor(typo).get(TestJob.HORIZON)).isEqualTo(60);
    assertThatThrownBy(() -> detector(typo))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "alerts.treshold is no setting (given as '2.5'); the nearest is alerts.threshold");
    Configuration common = flink("streamforge.source.strat", "latest");
    String message = "source.strat is no setting (given as 'latest'); the nearest is source.start";
    assertThatThrownBy(() -> detector(common)).hasMessage(message);
    assertThatThrownBy(() -> predictor(common)).hasMessage(message);
  }

  @Test
  void whatIsSaidToOneJobMustBeItsOwn(@TempDir Path folder) throws Exception {
    String message =
        "forecast.horizon is no setting (given as '30'); settings begin with job, kafka, source, alerts";
    assertThatThrownBy(() -> detector(flink(), "--set", "forecast.horizon=30")).hasMessage(message);
    Path file = Files.writeString(folder.resolve("job.properties"), "forecast.horizon=30\n");
    assertThatThrownBy(() -> detector(flink(), "--config", file.toString())).hasMessage(message);
    assertThatThrownBy(() -> detector(flink(), "--set", "alert.threshold=1"))
        .hasMessageEndingWith("the nearest is alerts.threshold");
  }

  @Test
  void wrongArgumentsAreNamed(@TempDir Path folder) throws Exception {
    Path broken = folder.resolve("broken.properties");
    Files.writeString(broken, "job.name=C:\\users\n");
    Path none = folder.resolve("none");
    Map<List<String>, String> wrong = new HashMap<>();
    wrong.put(List.of("--set"), "--set has no value");
    wrong.put(
        List.of("--sett", "a=b"),
        "--sett is no argument; there is --config FILE and --set key=value");
    wrong.put(List.of("--set", "job.name"), "--set job.name must be key=value");
    wrong.put(List.of("--config", none.toString()), "--config " + none + " does not exist");
    wrong.put(
        List.of("--config", broken.toString()),
        "--config " + broken + " cannot be read: Malformed \\uxxxx encoding.");
    wrong.forEach(
        (args, message) ->
            assertThatThrownBy(() -> detector(flink(), args.toArray(String[]::new)))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message));
  }

  @Test
  void aJobOfAnotherNameHasAGroupAndTransactionsOfItsOwn() {
    assertThat(names()).isEqualTo("detector streamforge-detector streamforge-detector");
    assertThat(names("job.name=eu")).isEqualTo("eu streamforge-eu streamforge-eu");
    assertThat(names("source.group-id=g")).isEqualTo("detector g g");
    // A group that a cluster sets for all its jobs: their transactions are their own all the same.
    assertThat(names("job.name=eu", "source.group-id=g")).isEqualTo("eu g g:eu");
  }

  private static String names(String... settings) {
    String[] args = new String[2 * settings.length + 2];
    args[0] = "--set";
    args[1] = BROKERS;
    for (int i = 0; i < settings.length; i++) {
      args[2 * i + 2] = "--set";
      args[2 * i + 3] = settings[i];
    }
    JobSettings job = detector(new Configuration(), args);
    var kafka = TestJob.KAFKA.connection(job);
    return job.names().name(job) + " " + kafka.group() + " " + kafka.transactions();
  }
}
