package io.streamforge.cli.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Sums of the job's counters over all subtasks and, other than what Flink shows, over all attempts.
 * Flink makes reporters itself, so the numbers are found by a name that the configuration carries.
 */
public final class CounterTotals implements MetricReporter {
  private static final String NAME = "name";
  private static final Map<String, CounterTotals> BY_NAME = new HashMap<>();

  private final Map<String, List<Counter>> counters = new HashMap<>();

  /** What Flink finds by its service loader. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return named(properties.getProperty(NAME));
    }
  }

  /** The totals of the cluster that was configured with this name. */
  public static CounterTotals named(String name) {
    synchronized (BY_NAME) {
      return BY_NAME.computeIfAbsent(name, n -> new CounterTotals());
    }
  }

  /** Makes a cluster report here. */
  public static void configure(Configuration flink, String name) {
    flink.setString("metrics.reporter.totals.factory.class", Factory.class.getName());
    flink.setString("metrics.reporter.totals." + NAME, name);
  }

  /** Sum of all counters of a name. */
  public synchronized long of(String counter) {
    return counters.getOrDefault(counter, List.of()).stream().mapToLong(Counter::getCount).sum();
  }

  @Override
  public synchronized void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      counters.computeIfAbsent(name, n -> new ArrayList<>()).add(counter);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    // What a failed attempt counted has been counted.
  }

  @Override
  public void open(MetricConfig config) {
    // Nothing to open.
  }

  @Override
  public void close() {
    // Nothing to close.
  }
}
