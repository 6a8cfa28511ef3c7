package io.streamforge.cli.live;

import io.streamforge.engine.MarketCount;
import io.streamforge.loader.config.TopicConfig;
import io.streamforge.loader.out.Flow;
import io.streamforge.loader.out.RawSink;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.marketgraph.DirectMarketGraph;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.BookResyncRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import io.streamforge.record.SymbolFeaturesRecord.Trust;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The books that a job would have of a feed, by the job's own engine, in this process. */
final class CheckedBooks implements RawSink {
  private final DirectMarketGraph market;
  private final MessageDecoder decoder;
  private final Settings settings;
  private final Map<String, Long> offsets = new HashMap<>();
  private final Map<String, String> statuses = new TreeMap<>();
  private final Map<String, String> reasons = new TreeMap<>();
  private BiConsumer<Instrument, String> requests = (instrument, reason) -> {};
  private long newestUs = Long.MIN_VALUE;
  private long checksums;
  private long linked;
  private long unusable;

  CheckedBooks() {
    settings =
        new Settings(
            Map.of(
                "kafka.bootstrap-servers",
                "none:0", // required, and never asked
                "source.orderbooks.topic",
                TopicConfig.USUAL.orderbooks(),
                "source.trades.topic",
                TopicConfig.USUAL.trades()));
    decoder = settings.messageDecoder();
    market =
        new DirectMarketGraph(
            settings,
            new DirectMarketGraph.Outputs(
                this::sample, graph -> {}, this::request, letter -> unusable++, event -> {}));
  }

  /** Tells whom to ask for books. */
  synchronized void askFor(BiConsumer<Instrument, String> asked) {
    requests = asked;
  }

  @Override
  public synchronized void message(Flow flow, String connection, byte[] value, long receiveTimeUs) {
    count(flow, value, receiveTimeUs);
    accept(flow, connection, value, receiveTimeUs, null);
  }

  @Override
  public synchronized void disconnected(Flow flow, String connection, long timeUs) {
    accept(flow, connection, null, timeUs, RawRecord.DISCONNECTED);
  }

  private void accept(
      Flow flow, String connection, byte[] value, long receiveTimeUs, String event) {
    newestUs = Math.max(newestUs, receiveTimeUs); // what was held back counts when it was written
    market.completeUntil(settings.time().completeUntilUs(newestUs));
    market.accept(
        new RawRecord(
            flow.topic(),
            0,
            offsets.merge(flow.topic(), 1L, Long::sum),
            flow.key(),
            value,
            flow.venue(),
            newestUs,
            null,
            connection == null
                ? 0
                : RawRecord.sessionOf(connection.getBytes(StandardCharsets.UTF_8)),
            event,
            false));
  }

  /** What of a message could be verified. */
  private void count(Flow flow, byte[] value, long receiveTimeUs) {
    try {
      for (MarketEvent each : decoder.decode(flow.venue(), flow.symbol(), value, receiveTimeUs)) {
        if (each instanceof BookUpdate update) {
          checksums += update.checksum() == null ? 0 : 1;
          linked += update.isLinked() ? 1 : 0;
        }
      }
    } catch (DecodeException e) {
      unusable++;
    }
  }

  private void sample(OutputRecord record) {
    try {
      Trust trust = SymbolFeaturesRecord.trust(record.value());
      statuses.put(trust.instrument(), trust.status());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void request(OutputRecord record) {
    try {
      BookResyncRecord request = BookResyncRecord.read(record.value());
      if (!request.reason().equals("shallow")) {
        reasons.put(request.instrument(), request.reason());
      }
      requests.accept(Instrument.ofId(request.instrument()), request.reason());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By instrument, the newest status of its book. */
  synchronized Map<String, String> statuses() {
    return new TreeMap<>(statuses);
  }

  /** By instrument, why its book was not to be trusted last. */
  synchronized Map<String, String> reasons() {
    return new TreeMap<>(reasons);
  }

  synchronized long checksums() {
    return checksums;
  }

  synchronized long failedChecksums() {
    return market.count(MarketCount.CHECKSUM_FAILURES);
  }

  /** Changes of books that name the one before. */
  synchronized long linked() {
    return linked;
  }

  synchronized long gaps() {
    return market.count(MarketCount.BOOK_GAPS);
  }

  /** Messages that a job would send to the dead letters. */
  synchronized long unusable() {
    return unusable;
  }
}
