package io.streamforge.bench.throughput;

import io.streamforge.bench.process.JavaProcess;
import io.streamforge.testkit.feed.RunTopics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A contestant in a process of its own, at work until its standard input ends. Arguments: its name,
 * the broker's address, the name of the run, then settings of the job and of Flink as {@code
 * key=value}.
 */
public final class ContestantProcess {
  private ContestantProcess() {}

  /**
   * Starts it.
   *
   * @param settings of the job, with their prefix, and of Flink that differ from the defaults
   */
  public static JavaProcess start(
      Contestant contestant, RunTopics topics, Map<String, String> settings) throws IOException {
    // Flink and Kafka Streams each bring a RocksDB of their own, under the same names.
    String first = contestant == Contestant.KS ? "rocksdbjni" : "frocksdbjni";
    List<String> arguments =
        new ArrayList<>(List.of(contestant.name(), topics.bootstrapServers(), topics.run()));
    settings.forEach((key, value) -> arguments.add(key + "=" + value));
    return JavaProcess.start(ContestantProcess.class, "2g", first, arguments);
  }

  public static void main(String[] args) throws Exception {
    Contestant contestant = Contestant.valueOf(args[0]);
    Map<String, String> settings = new HashMap<>();
    for (String setting : List.of(args).subList(3, args.length)) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    RunTopics topics = new RunTopics(args[1], args[2]);
    try (AutoCloseable running = contestant.start.between(topics, settings)) {
      JavaProcess.awaitEndOfInput();
    }
    System.exit(0); // Flink may leave threads behind
  }
}
