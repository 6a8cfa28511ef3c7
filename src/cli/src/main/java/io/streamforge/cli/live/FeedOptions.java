package io.streamforge.cli.live;

import io.streamforge.loader.config.ConfigFile;
import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.loader.net.TrustedCertificates;
import io.streamforge.loader.venue.VenueFeeds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say which feeds of which venues: a file, or one venue. */
public final class FeedOptions implements AutoCloseable {
  /** Needs no key, and publishes its market data wherever one asks from. */
  static final String USUAL_VENUE = "kraken";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The loader's configuration; in place of all options below.")
  private Path config;

  @Option(
      names = "--venue",
      paramLabel = "VENUE",
      description = "The venue of the only feed, as the decoders name it.")
  private String venue;

  @Option(
      names = "--symbols",
      split = ",",
      paramLabel = "SYMBOL",
      description =
          "Comma-separated, as the venue's messages write them: BTC/USD on Kraken."
              + " */USD is every one that matches and that the venue lists. Default: large markets.")
  private List<String> symbols;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "In place of the venue's stream: wss://…")
  private URI url;

  @Option(
      names = "--rest",
      paramLabel = "URL",
      description = "In place of the venue's REST interface: https://…")
  private URI rest;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates in PEM's form to trust in place of the JDK's.")
  private Path ca;

  @Option(
      names = "--recorded",
      paramLabel = "FILE",
      description =
          "In place of the venue: a stand-in on this machine that plays this recording of it, as of now.")
  private Path recorded;

  private StandIn standIn;

  /** Whether any feed was named. */
  public boolean areGiven() {
    return config != null || venue != null || recorded != null;
  }

  /** One venue's feed, all else as usual, where no file says more. */
  FeedOptions ofVenue(String named) {
    venue = named;
    return this;
  }

  /**
   * The configuration.
   *
   * @param bootstrapServers Kafka's brokers; null for those of the file
   * @throws io.streamforge.settings.SettingsException if it cannot be
   * @throws IllegalArgumentException if a file and a venue are given
   */
  public LoaderConfig config(String bootstrapServers) throws IOException {
    LoaderConfig found = find(bootstrapServers);
    if (found.ca() != null) {
      TrustedCertificates.of(config == null ? "--ca" : "tls.ca", found.ca());
    }
    return found;
  }

  private LoaderConfig find(String bootstrapServers) throws IOException {
    if (config != null) {
      if (Stream.of(venue, symbols, url, rest, ca, recorded).anyMatch(Objects::nonNull)) {
        throw new IllegalArgumentException(
            "--config has all of it: --venue, --symbols, --url, --rest, --ca and --recorded go without it");
      }
      LoaderConfig read = ConfigFile.read(config);
      return bootstrapServers == null ? read : read.on(bootstrapServers);
    }
    if (recorded != null) {
      return ofStandIn(bootstrapServers);
    }
    String named = venue == null ? USUAL_VENUE : venue;
    List<String> wanted =
        symbols == null ? VenueFeeds.of("--venue", named).facts().usualSymbols() : symbols;
    FeedConfig feed = FeedConfig.of(named, wanted).at(url, rest);
    return LoaderConfig.of(bootstrapServers, ca, List.of(feed));
  }

  private LoaderConfig ofStandIn(String bootstrapServers) throws IOException {
    if (url != null || rest != null || ca != null) {
      throw new IllegalArgumentException("--recorded goes without --url, --rest and --ca");
    }
    if (standIn == null) {
      standIn = StandIn.start(recorded, venue);
    }
    FeedConfig feed =
        FeedConfig.of(standIn.venue(), symbols == null ? standIn.symbols() : symbols)
            .at(standIn.exchange().webSocket(), standIn.exchange().rest());
    return LoaderConfig.of(bootstrapServers, standIn.exchange().certificate(), List.of(feed));
  }

  /** Ends the stand-in, if there is one. */
  @Override
  public void close() {
    if (standIn != null) {
      standIn.close();
    }
  }
}
