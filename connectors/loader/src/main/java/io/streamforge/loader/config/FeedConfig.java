package io.streamforge.loader.config;

import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.venue.VenueFeed;
import io.streamforge.loader.venue.VenueFeeds;
import io.streamforge.settings.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One venue's feed.
 *
 * @param symbols as the venue's messages write them
 * @param channels what is subscribed of each
 * @param depth levels a side, one of the venue's
 * @param lines how many connections bring the same, 1 or 2
 * @param url in place of the venue's stream; null for the venue's own
 * @param rest in place of the venue's REST interface; null for the venue's own
 * @param idleTimeout a connection without a message of the market for longer is made anew
 */
public record FeedConfig(
    String venue,
    List<String> symbols,
    Set<Channel> channels,
    int depth,
    int lines,
    URI url,
    URI rest,
    Duration idleTimeout) {

  /** Where nobody says how long. */
  public static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration LEAST_IDLE_TIMEOUT = Duration.ofSeconds(1);

  /** A feed of a venue, all else as usual. */
  public static FeedConfig of(String venue, List<String> symbols) {
    return new FeedConfig(
        venue,
        symbols,
        EnumSet.allOf(Channel.class),
        VenueFeeds.of("venue", venue).usualDepth(),
        1,
        null,
        null,
        IDLE_TIMEOUT);
  }

  /** The same by other addresses; null for the venue's own. */
  public FeedConfig at(URI socket, URI requests) {
    return new FeedConfig(venue, symbols, channels, depth, lines, socket, requests, idleTimeout);
  }

  /**
   * Checks it.
   *
   * @param key what stands before its keys
   * @throws SettingsException if it cannot be
   */
  void check(String key) {
    VenueFeed feed = VenueFeeds.of(key + "venue", venue);
    if (symbols == null || symbols.isEmpty() || symbols.stream().anyMatch(Objects::isNull)) {
      throw SettingsException.of(key + "symbols", symbols, "a list of symbols of " + venue);
    }
    Set<String> seen = new HashSet<>();
    for (String symbol : symbols) {
      if (symbol.isBlank() || !symbol.equals(symbol.strip())) {
        throw SettingsException.of(key + "symbols", symbol, "a symbol as the venue writes it");
      }
      if (!seen.add(symbol)) {
        throw SettingsException.of(key + "symbols", symbol, "in the list once");
      }
    }
    if (channels.isEmpty() || channels.stream().anyMatch(Objects::isNull)) {
      throw SettingsException.of(key + "channels", channels, "of BOOK and TRADES one or both");
    }
    if (!feed.depths().contains(depth)) {
      throw SettingsException.of(
          key + "depth",
          depth,
          feed.depths().size() == 1
              ? "left out: the venue sends every level"
              : "one of " + feed.depths());
    }
    if (lines < 1 || lines > 2) {
      throw SettingsException.of(key + "lines", lines, "1 or 2");
    }
    if (idleTimeout.compareTo(LEAST_IDLE_TIMEOUT) < 0) {
      throw SettingsException.of(key + "idle-timeout", idleTimeout, "1 s or more");
    }
    checkAddress(key + "url", url, "wss", "ws");
    checkAddress(key + "rest", rest, "https", "http");
  }

  private static void checkAddress(String key, URI address, String usual, String plain) {
    if (address != null
        && (address.getHost() == null
            || !(Objects.equals(address.getScheme(), usual)
                || Objects.equals(address.getScheme(), plain)))) {
      throw SettingsException.of(key, address, "an address of the form " + usual + "://HOST");
    }
  }
}
