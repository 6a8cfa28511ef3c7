package io.streamforge.loader.venue;

import io.streamforge.settings.NearestWord;
import io.streamforge.settings.SettingsException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The venues that the loader can subscribe. */
public final class VenueFeeds {
  private static final Map<String, VenueFeed> ALL =
      Stream.of(
              new KrakenFeed(),
              new CoinbaseFeed(),
              new CoinbaseProFeed(),
              BinanceFeed.spot(),
              BinanceFeed.us(),
              BinanceFeed.usdm(),
              BinanceFeed.coinm(),
              BybitFeed.spot(),
              BybitFeed.linear(),
              BybitFeed.inverse(),
              new OkxFeed(),
              BitgetFeed.spot(),
              BitgetFeed.usdtFutures(),
              new BitstampFeed(),
              new GeminiFeed())
          .collect(Collectors.toMap(VenueFeed::venue, feed -> feed, (a, b) -> a, TreeMap::new));

  private VenueFeeds() {}

  public static SortedSet<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  /**
   * The feed of a venue.
   *
   * @param key of the setting that names it
   * @throws SettingsException if there is none
   */
  public static VenueFeed of(String key, String venue) {
    VenueFeed feed = venue == null ? null : ALL.get(venue);
    if (feed == null) {
      String near = venue == null ? "" : NearestWord.of(venue, names(), false).orElse("");
      throw SettingsException.of(
          key,
          venue,
          "one of "
              + String.join(", ", names())
              + (near.isEmpty() ? "" : "; the nearest is " + near));
    }
    return feed;
  }
}
