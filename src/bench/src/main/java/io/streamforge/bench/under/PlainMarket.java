package io.streamforge.bench.under;

import io.streamforge.book.OrderBook;
import io.streamforge.graph.MarketGraph;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphJson;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.InstrumentState;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import io.streamforge.market.Utf8Order;
import io.streamforge.marketgraph.Settings;
import io.streamforge.marketgraph.SymbolFeaturesJson;
import io.streamforge.time.SampleGrid;
import io.streamforge.topic.OutputRecord;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;

/**
 * The job's own arithmetic in a plain loop: no operators, no state backend, no threads, one graph.
 * What it puts out is what the job puts out, byte for byte. In the job's package, so that nothing
 * there need be public for the benchmarks' sake. For one thread.
 */
public final class PlainMarket {
  private final Settings settings;
  private final MessageDecoder decoder;
  private final InstrumentSettings instrumentSettings;
  private final Map<String, InstrumentState> instruments = new TreeMap<>(Utf8Order.INSTANCE);
  private final SymbolFeaturesJson symbolJson;
  private final GraphJson graphJson = new GraphJson(NodeFeatures.X_NAMES);
  private final MarketGraph graph;
  private final Consumer<OutputRecord> symbols;
  private final Consumer<OutputRecord> graphs;
  private long sweptUs = Long.MIN_VALUE;

  /**
   * @param symbols takes the records of single symbols
   * @param graphs takes the graph's
   */
  public PlainMarket(
      Settings settings, Consumer<OutputRecord> symbols, Consumer<OutputRecord> graphs) {
    this.settings = settings;
    this.decoder = settings.messageDecoder();
    this.instrumentSettings = settings.instruments();
    this.symbolJson = new SymbolFeaturesJson(settings.intervalUs());
    this.symbolJson.open((OpenContext) null);
    this.graph = new MarketGraph(settings.graph());
    this.symbols = symbols;
    this.graphs = graphs;
  }

  /**
   * Takes the next message of a log.
   *
   * @return the newest effective time in it, {@link Long#MIN_VALUE} if it says nothing
   * @throws IllegalStateException if it cannot be read, or belongs to a sample that is published
   */
  public long accept(String venue, String key, byte[] value, long receiveTimeUs) {
    List<MarketEvent> events;
    try {
      events = decoder.decode(venue, key, value, receiveTimeUs);
    } catch (DecodeException e) {
      throw new IllegalStateException("a message cannot be read: " + e.reason(), e);
    }
    long newestUs = Long.MIN_VALUE;
    for (MarketEvent event : events) {
      long effectiveUs = event.effectiveTimeUs();
      if (effectiveUs < sweptUs) {
        throw new IllegalStateException("a message of " + effectiveUs + " came after its sample");
      }
      newestUs = Math.max(newestUs, effectiveUs);
      InstrumentState state = instruments.get(event.instrument().id());
      if (state == null) {
        state = new InstrumentState(event.instrument(), instrumentSettings);
        state.book().book(new OrderBook(instrumentSettings.book()));
        instruments.put(event.instrument().id(), state);
      }
      if (event instanceof BookUpdate update) {
        state.accept(update, effectiveUs);
      } else if (event instanceof Trade trade) {
        state.accept(trade, effectiveUs);
      }
    }
    return newestUs;
  }

  /** Publishes what is complete: all that happened before {@code completeUs} is here. */
  public void completeUntil(long completeUs) {
    long lastUs = SampleGrid.until(completeUs, settings.intervalUs());
    if (lastUs <= sweptUs) {
      return;
    }
    for (long sampleUs = nextSampleUs(); sampleUs <= lastUs; sampleUs = nextSampleUs()) {
      publish(sampleUs);
    }
    sweptUs = lastUs;
  }

  private long nextSampleUs() {
    long next = Long.MAX_VALUE;
    for (InstrumentState state : instruments.values()) {
      next = Math.min(next, state.nextSampleUs());
    }
    return next;
  }

  private void publish(long sampleUs) {
    List<Node> nodes = new ArrayList<>();
    for (InstrumentState state : instruments.values()) {
      SymbolSample sample = state.nextSampleUs() <= sampleUs ? state.sample(sampleUs) : null;
      if (sample != null) {
        symbols.accept(symbolJson.map(sample));
        nodes.add(
            new Node(
                sample.instrument().id(),
                sample.status(),
                sample.mid(),
                sample.logReturn(),
                NodeFeatures.x(sample.features()),
                sample.changes()));
      }
    }
    if (!nodes.isEmpty()) {
      byte[] value = graphJson.write(graph.sample(sampleUs, nodes));
      byte[] key = settings.graph().name().getBytes(StandardCharsets.UTF_8);
      graphs.accept(new OutputRecord(key, value, sampleUs / 1000, Map.of()));
    }
  }
}
