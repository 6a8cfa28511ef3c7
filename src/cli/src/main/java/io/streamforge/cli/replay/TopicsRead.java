package io.streamforge.cli.replay;

import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The topics out that a replay reads.
 *
 * @param marketEvents null where the job writes none
 */
record TopicsRead(
    String symbolFeatures,
    String graphFeatures,
    String bookResyncs,
    String deadLetters,
    String marketEvents) {

  static TopicsRead of(Settings settings) {
    return new TopicsRead(
        settings.get(MarketGraphOptions.SYMBOL_FEATURES_TOPIC),
        settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC),
        settings.get(MarketGraphOptions.BOOK_RESYNC_TOPIC),
        settings.get(MarketGraphOptions.DEAD_LETTERS_TOPIC),
        settings.marketEventsTopic().orElse(null));
  }

  List<String> all() {
    return Stream.of(symbolFeatures, graphFeatures, bookResyncs, deadLetters, marketEvents)
        .filter(Objects::nonNull)
        .toList();
  }
}
