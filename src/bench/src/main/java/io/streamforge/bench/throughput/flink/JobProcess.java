package io.streamforge.bench.throughput.flink;

import io.streamforge.bench.process.JavaProcess;
import io.streamforge.bench.throughput.MarketSettings;
import io.streamforge.bench.throughput.RunTopics;
import io.streamforge.marketgraph.Settings;
import io.streamforge.settings.SettingKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * The job on Flink in a process of its own, until its standard input ends. Arguments: the broker's
 * address, the name of the run, then settings of the job and of Flink as {@code key=value}.
 */
public final class JobProcess {
  private JobProcess() {}

  /** Starts it, with settings of the job and of Flink that differ from the defaults. */
  public static JavaProcess start(RunTopics topics, Map<String, String> settings)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(topics.bootstrapServers(), topics.run()));
    settings.forEach((key, value) -> arguments.add(key + "=" + value));
    return JavaProcess.start(JobProcess.class, "2g", "frocksdbjni", arguments);
  }

  /** The job's settings among those of the job and of Flink. */
  public static Settings settings(RunTopics topics, Map<String, String> all) {
    Map<String, String> values = new HashMap<>(topics.settings());
    all.forEach(
        (key, value) -> {
          if (key.startsWith(SettingKey.PREFIX)) {
            values.put(key.substring(SettingKey.PREFIX.length()), value);
          }
        });
    return MarketSettings.of(topics.bootstrapServers(), values);
  }

  public static void main(String[] args) throws Exception {
    RunTopics topics = new RunTopics(args[0], args[1]);
    Map<String, String> all = new HashMap<>();
    for (String setting : List.of(args).subList(2, args.length)) {
      int equals = setting.indexOf('=');
      all.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    Configuration cluster = Configuration.fromMap(all);
    try (FlinkRun running = FlinkRun.ours(settings(topics, all), cluster)) {
      JavaProcess.awaitEndOfInput();
    }
    System.exit(0); // Flink may leave threads behind
  }
}
