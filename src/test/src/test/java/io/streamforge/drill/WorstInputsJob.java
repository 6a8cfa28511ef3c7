package io.streamforge.drill;

import io.streamforge.cli.replay.EmbeddedJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A broker, a Flink and the job, in a JVM whose heap is measured. It says where the broker is. For
 * each line that it is given it collects garbage and says what the old generation holds then.
 */
final class WorstInputsJob {
  private WorstInputsJob() {}

  /** Ends when its standard input does. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> settings =
        Map.of("instruments.max-per-partition", String.valueOf(WorstInputs.MAX_INSTRUMENTS));
    int partitions = WorstInputs.PARTITIONS;
    try (EmbeddedJob market = EmbeddedJob.start(partitions, partitions, 0, settings);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(market.broker().bootstrapServers());
      while (in.readLine() != null) {
        collect();
        String failure = market.flink().failure(market.job()).map(String::valueOf).orElse("");
        System.out.println(oldGeneration() + " " + failure.lines().findFirst().orElse(""));
      }
    }
  }

  /**
   * A thread in native code that holds an array, as in decompression, lets a request go unheard.
   */
  private static void collect() {
    long before = collections();
    while (collections() == before) {
      System.gc();
    }
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> collector.getName().endsWith("Old Generation"))
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static long oldGeneration() throws IOException {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().endsWith("Old Gen")) {
        return pool.getCollectionUsage().getUsed();
      }
    }
    throw new IOException("no pool of the old generation");
  }
}
