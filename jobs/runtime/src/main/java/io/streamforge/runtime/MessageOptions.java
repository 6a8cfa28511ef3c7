package io.streamforge.runtime;

import static io.streamforge.runtime.SettingOption.duration;

import io.streamforge.kafka.RawRecordDeserializer;
import io.streamforge.kafka.RawWatermarks;
import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import io.streamforge.time.ReceiptBounds;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.Venues;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Settings of a source of raw messages: whose they are, when they count, what is too large. */
public final class MessageOptions implements OptionGroup {
  public static final ConfigOption<String> DEFAULT_VENUE =
      ConfigOptions.key(SettingKey.PREFIX + "source.default-venue")
          .stringType()
          .noDefaultValue()
          .withDescription("Venue of records without the header venue.");

  public static final ConfigOption<Duration> MAX_LATENESS =
      duration(
          "source.max-lateness",
          Duration.ofMillis(500),
          "The largest lateness of an event: its receive time less its event time. A later event"
              + " counts as this late.");

  public static final ConfigOption<Duration> MAX_STALENESS =
      duration(
          "source.max-staleness",
          Duration.ofSeconds(10),
          "A trade that is older than this when it is received is counted and left out.");

  public static final ConfigOption<Duration> MAX_FUTURE =
      duration(
          "source.max-future",
          Duration.ofSeconds(40),
          "An event whose time is further ahead of its receive time is a dead letter. Must be"
              + " more than source.max-behind.");

  public static final ConfigOption<Duration> MAX_OUT_OF_ORDERNESS =
      duration(
          "source.max-out-of-orderness",
          Duration.ofMillis(100),
          "How far the receive times within a partition may be out of order.");

  public static final ConfigOption<Duration> MAX_BEHIND =
      duration(
          "source.max-behind",
          Duration.ofSeconds(30),
          "How far a receive time may be behind the broker's clock. One further behind counts as"
              + " this far behind, and a partition without a record for this long is idle. 0: no limit.");

  public static final ConfigOption<Duration> MAX_AHEAD =
      duration(
          "source.max-ahead",
          Duration.ofSeconds(1),
          "How far a receive time may be ahead of the broker's clock. One further ahead counts as"
              + " this far ahead.");

  public static final ConfigOption<Duration> MAX_DRIFT =
      duration(
          "source.max-drift",
          Duration.ofMinutes(10),
          "Watermark alignment: about how far, in receive time, a partition may be read ahead of"
              + " the slowest one. Events read ahead wait in state.");

  public static final ConfigOption<MemorySize> MAX_MESSAGE_BYTES =
      ConfigOptions.key(SettingKey.PREFIX + "source.max-message-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(16))
          .withDescription("A larger message is a dead letter.");

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  @Override
  public List<ConfigOption<?>> options() {
    return List.of(
        DEFAULT_VENUE,
        MAX_LATENESS,
        MAX_STALENESS,
        MAX_FUTURE,
        MAX_OUT_OF_ORDERNESS,
        MAX_BEHIND,
        MAX_AHEAD,
        MAX_DRIFT,
        MAX_MESSAGE_BYTES);
  }

  @Override
  public void check(JobSettings settings) {
    String venue = settings.get(DEFAULT_VENUE);
    if (venue != null && Venues.decoder(venue) == null) {
      throw SettingsException.of(DEFAULT_VENUE.key(), venue, "one of " + Venues.names());
    }
    // A venue's clock is right where its messages' receiver is as far behind as is allowed.
    if (settings.micros(MAX_FUTURE) <= settings.micros(MAX_BEHIND)) {
      throw SettingsException.of(
          MAX_FUTURE.key(),
          settings.get(MAX_FUTURE).toMillis() + " ms",
          "more than source.max-behind, or every event of a feed whose clock is so far behind is refused");
    }
    MemorySize largest = settings.get(MAX_MESSAGE_BYTES);
    if (largest.getBytes() > 1 << 30 || largest.getBytes() < 1 << 10) {
      throw SettingsException.of(MAX_MESSAGE_BYTES.key(), largest, "from 1 kb to 1 gb");
    }
    // Every graph waits for so long.
    SettingBounds.atMost(settings, LONGEST_WAIT, MAX_LATENESS, MAX_OUT_OF_ORDERNESS);
    // A trade is older than that on arrival in any case.
    SettingBounds.atLeast(settings, Duration.ofSeconds(1), MAX_STALENESS);
  }

  /** When records count. */
  public static TimePolicy time(JobSettings settings) {
    return new TimePolicy(
        settings.micros(MAX_LATENESS),
        settings.micros(MAX_STALENESS),
        settings.micros(MAX_FUTURE),
        settings.micros(MAX_OUT_OF_ORDERNESS));
  }

  /** How far from the broker's clock a receive time is believed. */
  public static ReceiptBounds receipts(JobSettings settings) {
    return new ReceiptBounds(settings.micros(MAX_BEHIND), settings.micros(MAX_AHEAD));
  }

  /** A larger message is a dead letter. */
  public static int maxMessageBytes(JobSettings settings) {
    return (int) settings.get(MAX_MESSAGE_BYTES).getBytes();
  }

  /** A reader of records as the topics in have them. */
  public static RawRecordDeserializer deserializer(JobSettings settings) {
    return new RawRecordDeserializer(
        settings.get(DEFAULT_VENUE), time(settings).maxFutureUs(), receipts(settings));
  }

  /**
   * The watermarks of these records.
   *
   * @param intervalUs between two samples
   */
  public static WatermarkStrategy<RawRecord> watermarks(JobSettings settings, long intervalUs) {
    return RawWatermarks.of(
        time(settings), intervalUs, settings.get(MAX_BEHIND), settings.get(MAX_DRIFT));
  }
}
