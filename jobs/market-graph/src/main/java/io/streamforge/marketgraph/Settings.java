package io.streamforge.marketgraph;

import static io.streamforge.marketgraph.StreamForgeOptions.KAFKA_PROPERTIES;
import static io.streamforge.marketgraph.StreamForgeOptions.PREFIX;
import static io.streamforge.marketgraph.StreamForgeOptions.STALE_AFTER_OF_VENUE;

import io.streamforge.book.BookLimits;
import io.streamforge.graph.filter.EdgeFilter;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.KafkaProperties;
import io.streamforge.wire.MessageDecoder;
import io.streamforge.wire.Venues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * The job's settings, checked: an unknown key, a value of the wrong form or out of bounds, and
 * settings that clash are a {@link SettingsException}.
 */
public final class Settings {
  private static final Duration MAX_DURATION = Duration.ofDays(36_500);

  /** Samples so old are in no feature. */
  private static final Duration LONGEST_WINDOW = Duration.ofHours(2);

  /** OKX's checksum covers so many levels a side. */
  private static final int MIN_LEVELS = 25;

  private final Configuration configuration = new Configuration();
  private final Properties kafka = new Properties();
  private final Map<String, ConfigOption<Duration>> staleAfterOfVenues = new TreeMap<>();
  private final InstrumentRegistry registry;

  /**
   * @param values keys with or without {@value StreamForgeOptions#PREFIX}; other keys of Flink's
   *     are not looked at, where they were given with the prefix of another
   */
  public Settings(Map<String, String> values) {
    Map<String, String> sorted = new TreeMap<>();
    values.forEach((key, value) -> sorted.put(StreamForgeOptions.fullKey(key), value));
    sorted.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA_PROPERTIES)) {
            kafka.setProperty(key.substring(KAFKA_PROPERTIES.length()), value);
          } else {
            set(option(key, value), value);
          }
        });
    String file = get(StreamForgeOptions.REGISTRY);
    registry = file == null ? InstrumentRegistry.EMPTY : RegistryFile.read(Path.of(file));
    check();
  }

  private ConfigOption<?> option(String key, String value) {
    if (key.startsWith(STALE_AFTER_OF_VENUE) && key.length() > STALE_AFTER_OF_VENUE.length()) {
      ConfigOption<Duration> option =
          ConfigOptions.key(key)
              .durationType()
              .defaultValue(StreamForgeOptions.STALE_AFTER.defaultValue());
      staleAfterOfVenues.put(key.substring(STALE_AFTER_OF_VENUE.length()), option);
      return option;
    }
    return StreamForgeOptions.ALL.stream()
        .filter(known -> known.key().equals(key))
        .findFirst()
        .orElseThrow(() -> unknown(key, value));
  }

  private void set(ConfigOption<?> option, String value) {
    configuration.setString(option.key(), value);
    try {
      configuration.get(option);
    } catch (IllegalArgumentException e) {
      throw SettingsException.of(option.key(), value, form(option));
    }
  }

  private static SettingsException unknown(String key, String value) {
    String group = key.substring(0, Math.max(PREFIX.length(), key.lastIndexOf('.') + 1));
    String near =
        StreamForgeOptions.ALL.stream()
            .map(ConfigOption::key)
            .filter(known -> known.startsWith(group))
            .map(SettingsException::shortKey)
            .collect(Collectors.joining(", "));
    return new SettingsException(
        "%s is no setting (given as '%s'); there is %s"
            .formatted(
                SettingsException.shortKey(key),
                value,
                near.isEmpty() ? "a list of all in the README" : near));
  }

  private static String form(ConfigOption<?> option) {
    Object example = option.defaultValue();
    if (example instanceof Duration || option.equals(StreamForgeOptions.PUBLISH_INTERVAL)) {
      return "a duration such as 500 ms or 10 s";
    }
    if (example instanceof DeliveryGuarantee) {
      return "at-least-once or exactly-once";
    }
    return "of the form of its default, " + example;
  }

  private void check() {
    if (bootstrapServers() == null || bootstrapServers().isBlank()) {
      throw new SettingsException("kafka.bootstrap-servers is missing; give host:port of a broker");
    }
    String venue = get(StreamForgeOptions.DEFAULT_VENUE);
    if (venue != null && Venues.decoder(venue) == null) {
      throw SettingsException.of(
          StreamForgeOptions.DEFAULT_VENUE.key(), venue, "one of " + Venues.names());
    }
    StreamForgeOptions.ALL.forEach(this::checkDuration);
    staleAfterOfVenues.values().forEach(this::checkDuration);
    if (!get(StreamForgeOptions.INTERVAL).equals(Duration.ofSeconds(1))) {
      throw SettingsException.of(
          StreamForgeOptions.INTERVAL.key(),
          get(StreamForgeOptions.INTERVAL).toMillis() + " ms",
          "1 s, to which the features' windows are defined");
    }
    if (get(StreamForgeOptions.IDLE_AFTER).compareTo(get(StreamForgeOptions.INTERVAL)) < 0) {
      throw SettingsException.of(
          StreamForgeOptions.IDLE_AFTER.key(),
          get(StreamForgeOptions.IDLE_AFTER).toMillis() + " ms",
          "at least graph.interval: nothing would ever be published");
    }
    Duration forgettable = get(StreamForgeOptions.IDLE_AFTER).plus(LONGEST_WINDOW);
    if (get(StreamForgeOptions.FORGET_AFTER).compareTo(forgettable) < 0) {
      throw SettingsException.of(
          StreamForgeOptions.FORGET_AFTER.key(),
          get(StreamForgeOptions.FORGET_AFTER).toMillis() + " ms",
          "at least %d h more than instrument.idle-after".formatted(LONGEST_WINDOW.toHours()));
    }
    if (get(StreamForgeOptions.MAX_LEVELS) < MIN_LEVELS) {
      throw SettingsException.of(
          StreamForgeOptions.MAX_LEVELS.key(),
          get(StreamForgeOptions.MAX_LEVELS),
          "at least %d, of which a checksum is made".formatted(MIN_LEVELS));
    }
    if (get(StreamForgeOptions.BUFFER_SIZE) < 1) {
      throw SettingsException.of(
          StreamForgeOptions.BUFFER_SIZE.key(), get(StreamForgeOptions.BUFFER_SIZE), "at least 1");
    }
    if (deliveryGuarantee() == DeliveryGuarantee.NONE) {
      throw SettingsException.of(
          StreamForgeOptions.DELIVERY_GUARANTEE.key(), "none", "at-least-once or exactly-once");
    }
    if (get(StreamForgeOptions.MAX_MESSAGE_BYTES).getBytes() > 1 << 30) {
      throw SettingsException.of(
          StreamForgeOptions.MAX_MESSAGE_BYTES.key(),
          get(StreamForgeOptions.MAX_MESSAGE_BYTES),
          "at most 1 gb");
    }
    StartPosition.parse(get(StreamForgeOptions.START));
    GraphRecordLimit.checkProducer(this);
    KafkaProperties.flaw(kafka)
        .ifPresent(
            flaw -> {
              throw new SettingsException(flaw);
            });
    graphGroup();
  }

  private void checkDuration(ConfigOption<?> option) {
    if (configuration.get(option) instanceof Duration duration
        && (duration.isNegative() || duration.compareTo(MAX_DURATION) > 0)) {
      throw SettingsException.of(
          option.key(), duration, "from 0 to " + MAX_DURATION.toDays() + " d");
    }
  }

  /** A setting's value. */
  public <T> T get(ConfigOption<T> option) {
    return configuration.get(option);
  }

  public String bootstrapServers() {
    return get(StreamForgeOptions.BOOTSTRAP_SERVERS);
  }

  /** Further properties for Kafka's clients. */
  public Properties kafkaProperties() {
    Properties copy = new Properties();
    copy.putAll(kafka);
    return copy;
  }

  public DeliveryGuarantee deliveryGuarantee() {
    return get(StreamForgeOptions.DELIVERY_GUARANTEE);
  }

  /** When records count. */
  public TimePolicy time() {
    return new TimePolicy(
        micros(StreamForgeOptions.MAX_LATENESS),
        micros(StreamForgeOptions.MAX_STALENESS),
        micros(StreamForgeOptions.MAX_FUTURE),
        micros(StreamForgeOptions.MAX_OUT_OF_ORDERNESS));
  }

  /** Distance between samples, microseconds. */
  public long intervalUs() {
    return micros(StreamForgeOptions.INTERVAL);
  }

  /** A reader of messages under these settings. */
  public MessageDecoder messageDecoder() {
    return new MessageDecoder(time(), maxMessageBytes());
  }

  int maxMessageBytes() {
    return (int) get(StreamForgeOptions.MAX_MESSAGE_BYTES).getBytes();
  }

  public InstrumentSettings instruments() {
    Map<String, Long> staleAfterUs = new HashMap<>();
    staleAfterOfVenues.forEach((venue, option) -> staleAfterUs.put(venue, micros(option)));
    return new InstrumentSettings(
        intervalUs(),
        micros(StreamForgeOptions.IDLE_AFTER),
        micros(StreamForgeOptions.FORGET_AFTER),
        micros(StreamForgeOptions.STALE_AFTER),
        staleAfterUs,
        new BookLimits(
            get(StreamForgeOptions.MAX_LEVELS),
            get(StreamForgeOptions.BUFFER_SIZE),
            micros(StreamForgeOptions.BUFFER_AGE)),
        micros(StreamForgeOptions.RESYNC_RETRY),
        micros(StreamForgeOptions.RESYNC_SPREAD),
        get(StreamForgeOptions.CACHE_SIZE).getBytes(),
        registry);
  }

  /** What every graph is made with. */
  public GraphSettings graph() {
    try {
      return new GraphSettings(
          get(StreamForgeOptions.GRAPH_NAME),
          intervalUs(),
          get(StreamForgeOptions.NEIGHBOURS),
          get(StreamForgeOptions.MIN_OBSERVATIONS),
          get(StreamForgeOptions.MIN_MOVES),
          get(StreamForgeOptions.MIN_T),
          micros(StreamForgeOptions.REWIRE_INTERVAL),
          time().availabilityDelayUs(),
          EdgeFilter.of(get(StreamForgeOptions.FILTER)),
          get(StreamForgeOptions.THRESHOLD),
          get(StreamForgeOptions.MAX_NODES),
          get(StreamForgeOptions.PUBLISH_INTERVAL) == null
              ? intervalUs()
              : micros(StreamForgeOptions.PUBLISH_INTERVAL),
          registry);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(e.getMessage());
    }
  }

  /** Which graph an instrument is a node of. */
  public GraphGroup graphGroup() {
    return new GraphGroup(
        get(StreamForgeOptions.GROUP_BY),
        get(StreamForgeOptions.INCLUDE),
        get(StreamForgeOptions.GRAPH_NAME));
  }

  private long micros(ConfigOption<Duration> option) {
    return get(option).toNanos() / 1000;
  }
}
