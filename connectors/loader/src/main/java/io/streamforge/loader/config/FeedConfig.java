package io.streamforge.loader.config;

import static java.util.stream.Collectors.joining;

import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.venue.VenueFacts;
import io.streamforge.loader.venue.VenueFeeds;
import io.streamforge.settings.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One venue's feed.
 *
 * @param symbols As the venue's messages write them, or patterns: {@code *} stands for any text.
 * @param channels What is subscribed of each.
 * @param depth Levels a side, one of the venue's.
 * @param lines How many connections bring the same, 1 or 2.
 * @param url In place of the venue's stream; null for the venue's own.
 * @param rest In place of the venue's REST interface; null for the venue's own.
 * @param idleTimeout A connection without a message of the market for longer is made anew.
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
        VenueFeeds.of("venue", venue).facts().usualDepth(),
        1,
        null,
        null,
        IDLE_TIMEOUT);
  }

  /** The same by other addresses; null for the venue's own. */
  public FeedConfig at(URI socket, URI requests) {
    return new FeedConfig(venue, symbols, channels, depth, lines, socket, requests, idleTimeout);
  }

  /** The symbols that are no patterns. */
  public List<String> named() {
    return symbols.stream().filter(symbol -> !isPattern(symbol)).toList();
  }

  /** Whether some symbols are patterns. */
  public boolean hasPatterns() {
    return symbols.stream().anyMatch(FeedConfig::isPattern);
  }

  /** Whether it has a symbol, by its name or by a pattern. */
  public boolean covers(String symbol) {
    return symbols.stream()
        .anyMatch(each -> isPattern(each) ? isLike(each, symbol) : each.equals(symbol));
  }

  private static boolean isLike(String pattern, String symbol) {
    String parts =
        Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(joining(".*"));
    return Pattern.matches(parts, symbol);
  }

  private static boolean isPattern(String symbol) {
    return symbol.contains("*");
  }

  /** Where the stream is. */
  public URI stream() {
    return url == null ? VenueFeeds.of("venue", venue).facts().socket() : url;
  }

  /** Where requests are answered. */
  public URI requests() {
    return rest == null ? VenueFeeds.of("venue", venue).facts().rest() : rest;
  }

  /**
   * Checks it.
   *
   * @param key what stands before its keys
   * @throws SettingsException if it cannot be
   */
  void check(String key) {
    VenueFacts facts = VenueFeeds.of(key + "venue", venue).facts();
    if (symbols == null || symbols.isEmpty() || symbols.stream().anyMatch(Objects::isNull)) {
      throw SettingsException.of(key + "symbols", symbols, "a list of symbols of " + venue);
    }
    Set<String> seen = new HashSet<>();
    for (String symbol : symbols) {
      if (symbol.isBlank() || !symbol.equals(symbol.strip())) {
        throw SettingsException.of(key + "symbols", symbol, "a symbol as the venue writes it");
      }
      String written = VenueFeeds.of(key + "venue", venue).written(symbol);
      if (!written.equals(symbol)) {
        throw SettingsException.of(key + "symbols", symbol, written + ", as the venue writes it");
      }
      if (!seen.add(symbol)) {
        throw SettingsException.of(key + "symbols", symbol, "in the list once");
      }
    }
    if (channels.isEmpty() || channels.stream().anyMatch(Objects::isNull)) {
      throw SettingsException.of(key + "channels", channels, "of BOOK and TRADES one or both");
    }
    if (!facts.depths().contains(depth)) {
      throw SettingsException.of(
          key + "depth",
          depth,
          facts.depths().size() == 1
              ? "left out: the venue sends every level"
              : "one of " + facts.depths());
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
