package io.streamforge.cli.topics;

import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The topics that a job writes.
 *
 * @param marketEvents null where the job writes none
 */
public record OutTopics(
    String symbolFeatures,
    String graphFeatures,
    String bookResyncs,
    String deadLetters,
    String marketEvents) {

  /** Those of a job with these settings. */
  public static OutTopics of(Settings settings) {
    return new OutTopics(
        settings.get(MarketGraphOptions.SYMBOL_FEATURES_TOPIC),
        settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC),
        settings.get(MarketGraphOptions.BOOK_RESYNC_TOPIC),
        settings.get(MarketGraphOptions.DEAD_LETTERS_TOPIC),
        settings.marketEventsTopic().orElse(null));
  }

  /** All that there are. */
  public List<String> all() {
    return Stream.of(symbolFeatures, graphFeatures, bookResyncs, deadLetters, marketEvents)
        .filter(Objects::nonNull)
        .toList();
  }
}
