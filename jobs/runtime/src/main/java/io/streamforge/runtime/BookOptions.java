package io.streamforge.runtime;

import static io.streamforge.runtime.SettingOption.duration;
import static io.streamforge.runtime.SettingOption.whole;

import io.streamforge.book.BookLimits;
import io.streamforge.settings.SettingsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Settings of order books: {@code book.*}. */
public final class BookOptions implements OptionGroup {
  public static final ConfigOption<Duration> STALE_AFTER =
      duration(
          "book.stale-after",
          Duration.ofSeconds(60),
          "How long a live book may be without a message before it is stale."
              + " book.stale-after.VENUE sets it for one venue.");

  /** Keys of one venue's limit alone begin so, and end in the venue's name. */
  public static final String STALE_AFTER_OF_VENUE = STALE_AFTER.key() + ".";

  public static final ConfigOption<Integer> MAX_LEVELS =
      whole(
          "book.max-levels",
          100_000,
          "How many levels a side a book keeps. It drops the worst ones beyond that, and features"
              + " that need them are null.");

  public static final ConfigOption<Integer> BUFFER_SIZE =
      whole(
          "book.buffer-size",
          1000,
          "How many messages of a book may wait for a snapshot. Beyond it the book drops the"
              + " oldest.");

  public static final ConfigOption<Duration> BUFFER_AGE =
      duration(
          "book.buffer-age",
          Duration.ofSeconds(60),
          "How much older than the newest a message that waits for a snapshot may be.");

  public static final ConfigOption<Duration> RESYNC_RETRY =
      duration(
          "book.resync-retry",
          Duration.ofSeconds(30),
          "How often a book that is not live asks again for a snapshot.");

  public static final ConfigOption<Duration> RESYNC_SPREAD =
      duration(
          "book.resync-spread",
          Duration.ofSeconds(5),
          "Over how long the requests of books that break together are spread.");

  /** OKX's checksum covers so many levels a side. */
  private static final int MIN_LEVELS = 25;

  /** What one snapshot costs grows with the square. */
  private static final int MOST_WAITING = 5_000;

  /** Books are looked at once a sample. */
  private static final Duration SHORTEST = InstrumentOptions.SAMPLE_INTERVAL;

  @Override
  public List<ConfigOption<?>> options() {
    return List.of(STALE_AFTER, MAX_LEVELS, BUFFER_SIZE, BUFFER_AGE, RESYNC_RETRY, RESYNC_SPREAD);
  }

  @Override
  public List<String> openPrefixes() {
    return List.of(STALE_AFTER_OF_VENUE);
  }

  @Override
  public ConfigOption<Duration> open(String key) {
    return ConfigOptions.key(key).durationType().defaultValue(STALE_AFTER.defaultValue());
  }

  @Override
  public void check(JobSettings settings) {
    if (settings.get(MAX_LEVELS) < MIN_LEVELS) {
      throw SettingsException.of(
          MAX_LEVELS.key(),
          settings.get(MAX_LEVELS),
          "at least %d, of which a checksum is made".formatted(MIN_LEVELS));
    }
    int waiting = settings.get(BUFFER_SIZE);
    if (waiting < 1 || waiting > MOST_WAITING) {
      throw SettingsException.of(BUFFER_SIZE.key(), waiting, "from 1 to " + MOST_WAITING);
    }
    SettingBounds.atLeast(settings, SHORTEST, STALE_AFTER, RESYNC_RETRY);
    for (String venue : settings.namesAfter(STALE_AFTER_OF_VENUE)) {
      SettingBounds.atLeast(settings, SHORTEST, open(STALE_AFTER_OF_VENUE + venue));
    }
  }

  /** The venues whose books have a limit of their own after which they are stale, microseconds. */
  public Map<String, Long> staleAfterUsOfVenues(JobSettings settings) {
    Map<String, Long> staleAfterUs = new HashMap<>();
    for (String venue : settings.namesAfter(STALE_AFTER_OF_VENUE)) {
      staleAfterUs.put(venue, settings.micros(open(STALE_AFTER_OF_VENUE + venue)));
    }
    return staleAfterUs;
  }

  /** How much of a book is kept. */
  public static BookLimits limits(JobSettings settings) {
    return new BookLimits(
        settings.get(MAX_LEVELS), settings.get(BUFFER_SIZE), settings.micros(BUFFER_AGE));
  }
}
