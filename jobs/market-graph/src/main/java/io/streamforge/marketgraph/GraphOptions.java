package io.streamforge.marketgraph;

import static io.streamforge.runtime.SettingOption.duration;
import static io.streamforge.runtime.SettingOption.text;
import static io.streamforge.runtime.SettingOption.whole;

import io.streamforge.graph.filter.EdgeFilter;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.market.InstrumentNames;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.runtime.InstrumentOptions;
import io.streamforge.runtime.JobSettings;
import io.streamforge.runtime.MessageOptions;
import io.streamforge.runtime.OptionGroup;
import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Settings of the graph: {@code graph.*}. */
public final class GraphOptions implements OptionGroup {
  public static final ConfigOption<Duration> INTERVAL =
      duration(
          "graph.interval",
          Duration.ofSeconds(1),
          "Distance between samples. It is 1 s: the windows of the features are defined on it.");

  public static final ConfigOption<String> GRAPH_NAME =
      text(
          "graph.name",
          "market",
          "Name of the graph and key of its records, if graph.group-by is none.");

  public static final ConfigOption<String> GROUP_BY =
      text(
          "graph.group-by",
          "none",
          "none: one graph of all instruments. venue: a graph of each venue, named after it, each"
              + " on a core of its own.");

  public static final ConfigOption<String> INCLUDE =
      text(
          "graph.include",
          ".*",
          "Which instruments are nodes: a regular expression that must match the whole id,"
              + " venue:symbol.");

  public static final ConfigOption<String> FILTER =
      text(
          "graph.filter",
          "mst+knn",
          "Which pairs are edges: mst (the spanning forest of largest |correlation_5m|), knn (each node's"
              + " graph.neighbours of largest |correlation_5m| that is more than chance), mst+knn (both), threshold"
              + " (|correlation_5m| of at least graph.threshold; the 124750 strongest, if there are more), all (every pair).");

  public static final ConfigOption<Integer> MAX_NODES =
      whole(
          "graph.max-nodes",
          GraphSettings.MAX_NODES,
          "Seats of a graph. The registry's instruments get them first, then those that have"
              + " sampled without a break for longest; the record names others. The job starts only if a"
              + " record of so many fits max.message.bytes of graph-features and"
              + " kafka.properties.max.request.size.");

  public static final ConfigOption<Integer> NEIGHBOURS =
      whole(
          "graph.neighbours",
          8,
          "With knn: how many neighbours of largest |correlation_5m| a node keeps.");

  public static final ConfigOption<Double> THRESHOLD =
      ConfigOptions.key(SettingKey.PREFIX + "graph.threshold")
          .doubleType()
          .defaultValue(0.5)
          .withDescription("With threshold: the smallest |correlation_5m| of an edge.");

  public static final ConfigOption<Integer> MIN_OBSERVATIONS =
      whole(
          "graph.min-observations",
          30,
          "In how many samples both ends of an edge must have a return.");

  public static final ConfigOption<Integer> MIN_MOVES =
      whole("graph.min-moves", 10, "In how many samples both ends of an edge must move.");

  public static final ConfigOption<Double> MIN_T =
      ConfigOptions.key(SettingKey.PREFIX + "graph.min-t")
          .doubleType()
          .defaultValue(0.0)
          .withDescription(
              "An edge outside the forest needs a |correlation_t_5m| above this. A neighbour also"
                  + " needs one above what chance gives the best of a node's pairs.");

  public static final ConfigOption<Duration> REWIRE_INTERVAL =
      duration(
          "graph.rewire-interval",
          Duration.ofSeconds(10),
          "How often the edges are chosen anew. A multiple of graph.interval.");

  public static final ConfigOption<Duration> PUBLISH_INTERVAL =
      ConfigOptions.key(SettingKey.PREFIX + "graph.publish-interval")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "Distance between records of a graph. A multiple of graph.interval, and equal to it by"
                  + " default. The windows use all samples, published or not.");

  @Override
  public List<ConfigOption<?>> options() {
    return List.of(
        INTERVAL,
        GRAPH_NAME,
        GROUP_BY,
        INCLUDE,
        FILTER,
        MAX_NODES,
        NEIGHBOURS,
        THRESHOLD,
        MIN_OBSERVATIONS,
        MIN_MOVES,
        MIN_T,
        REWIRE_INTERVAL,
        PUBLISH_INTERVAL);
  }

  @Override
  public String form(ConfigOption<?> option) {
    return OptionGroup.super.form(option.equals(PUBLISH_INTERVAL) ? REWIRE_INTERVAL : option);
  }

  @Override
  public void check(JobSettings settings) {
    if (!settings.get(INTERVAL).equals(InstrumentOptions.SAMPLE_INTERVAL)) {
      throw SettingsException.of(
          INTERVAL.key(),
          settings.get(INTERVAL).toMillis() + " ms",
          "1 s, to which the features' windows are defined");
    }
    String name = settings.get(GRAPH_NAME);
    if (name.isEmpty() || !InstrumentNames.isSymbol(name)) {
      throw SettingsException.of(
          GRAPH_NAME.key(),
          name,
          "of 1 to %d visible characters, with no blank at either end"
              .formatted(InstrumentNames.MAX_LENGTH));
    }
    graph(settings, InstrumentRegistry.EMPTY);
    group(settings);
  }

  /**
   * What every graph is made with.
   *
   * @throws SettingsException if a setting is out of bounds
   */
  static GraphSettings graph(JobSettings settings, InstrumentRegistry registry) {
    long intervalUs = settings.micros(INTERVAL);
    try {
      return new GraphSettings(
          settings.get(GRAPH_NAME),
          intervalUs,
          settings.get(NEIGHBOURS),
          settings.get(MIN_OBSERVATIONS),
          settings.get(MIN_MOVES),
          settings.get(MIN_T),
          settings.micros(REWIRE_INTERVAL),
          MessageOptions.time(settings).availabilityDelayUs(),
          EdgeFilter.of(settings.get(FILTER)),
          settings.get(THRESHOLD),
          settings.get(MAX_NODES),
          settings.isSet(PUBLISH_INTERVAL) ? settings.micros(PUBLISH_INTERVAL) : intervalUs,
          registry);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(e.getMessage());
    }
  }

  /** Which graph an instrument is a node of. */
  static GraphGroup group(JobSettings settings) {
    return new GraphGroup(settings.get(GROUP_BY), settings.get(INCLUDE), settings.get(GRAPH_NAME));
  }
}
