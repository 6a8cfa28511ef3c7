package io.streamforge.runtime;

import static io.streamforge.runtime.SettingOption.whole;

import io.streamforge.admission.AdmissionRule;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Settings of instruments: {@code instrument.*} and {@code instruments.*}. */
public final class InstrumentOptions implements OptionGroup {
  /** Between two samples; the windows of all features are defined to it. */
  public static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(1);

  public static final ConfigOption<Duration> IDLE_AFTER =
      ConfigOptions.key(SettingKey.PREFIX + "instrument.idle-after")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription("How long an instrument may be silent before it leaves the graph.");

  public static final ConfigOption<Duration> FORGET_AFTER =
      ConfigOptions.key(SettingKey.PREFIX + "instrument.forget-after")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription("How long an instrument may be silent before its state is deleted.");

  public static final ConfigOption<MemorySize> CACHE_SIZE =
      ConfigOptions.key(SettingKey.PREFIX + "instrument.cache-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(256))
          .withDescription(
              "Heap for the books of one subtask. Beyond it, the books used least recently are kept"
                  + " in RocksDB alone.");

  public static final ConfigOption<String> REGISTRY =
      ConfigOptions.key(SettingKey.PREFIX + "instruments.registry")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "File with the currencies, contracts and rates of the instruments, read when the job is"
                  + " submitted. Without it a quote that ends in USD, USDT or USDC counts as dollars.");

  public static final ConfigOption<Boolean> LISTED_ONLY =
      ConfigOptions.key(SettingKey.PREFIX + "instruments.listed-only")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether the job takes only the instruments that the registry lists.");

  public static final ConfigOption<Integer> MAX_PER_PARTITION =
      whole(
          "instruments.max-per-partition",
          5_000,
          "How many instruments of a topic's partition the job takes, besides those of the"
              + " registry. It refuses messages of others. An instrument takes 3 kB of heap while it is"
              + " silent, and about 30 kB with a book that moves.");

  /** Samples so old are in no feature. */
  private static final Duration LONGEST_WINDOW = Duration.ofHours(2);

  private final BookOptions books;

  /**
   * @param books the settings of the instruments' books
   */
  public InstrumentOptions(BookOptions books) {
    this.books = books;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return List.of(IDLE_AFTER, FORGET_AFTER, CACHE_SIZE, REGISTRY, LISTED_ONLY, MAX_PER_PARTITION);
  }

  @Override
  public void check(JobSettings settings) {
    Duration idleAfter = settings.get(IDLE_AFTER);
    if (idleAfter.compareTo(SAMPLE_INTERVAL) < 0) {
      throw SettingsException.of(
          IDLE_AFTER.key(),
          idleAfter.toMillis() + " ms",
          "at least graph.interval: nothing would ever be published");
    }
    if (settings.get(FORGET_AFTER).compareTo(idleAfter.plus(LONGEST_WINDOW)) < 0) {
      throw SettingsException.of(
          FORGET_AFTER.key(),
          settings.get(FORGET_AFTER).toMillis() + " ms",
          "at least %d h more than instrument.idle-after".formatted(LONGEST_WINDOW.toHours()));
    }
    if (settings.get(LISTED_ONLY) && settings.get(REGISTRY) == null) {
      throw SettingsException.of(
          LISTED_ONLY.key(), true, "false without an instruments.registry: nothing would be taken");
    }
    if (settings.get(MAX_PER_PARTITION) < 1) {
      throw SettingsException.of(
          MAX_PER_PARTITION.key(), settings.get(MAX_PER_PARTITION), "at least 1");
    }
  }

  /** Which instruments are taken. */
  public static AdmissionRule admission(JobSettings settings, InstrumentRegistry registry) {
    return new AdmissionRule(
        settings.get(MAX_PER_PARTITION),
        settings.micros(FORGET_AFTER),
        settings.get(LISTED_ONLY),
        registry);
  }

  /**
   * Reads the file of {@code instruments.registry}.
   *
   * @throws SettingsException if it cannot be read or says something that cannot be
   */
  public static InstrumentRegistry registry(JobSettings settings) {
    String file = settings.get(REGISTRY);
    return file == null ? InstrumentRegistry.EMPTY : RegistryFile.read(Path.of(file));
  }

  /** What every instrument is kept with. */
  public InstrumentSettings instruments(JobSettings settings, InstrumentRegistry registry) {
    return new InstrumentSettings(
        SAMPLE_INTERVAL.toNanos() / 1000,
        settings.micros(IDLE_AFTER),
        settings.micros(FORGET_AFTER),
        settings.micros(BookOptions.STALE_AFTER),
        books.staleAfterUsOfVenues(settings),
        BookOptions.limits(settings),
        settings.micros(BookOptions.RESYNC_RETRY),
        settings.micros(BookOptions.RESYNC_SPREAD),
        settings.get(CACHE_SIZE).getBytes(),
        registry);
  }
}
