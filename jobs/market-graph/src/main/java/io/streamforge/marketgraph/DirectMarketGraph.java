package io.streamforge.marketgraph;

import io.streamforge.admission.Admission;
import io.streamforge.admission.AdmissionRule;
import io.streamforge.engine.HeapInstruments;
import io.streamforge.engine.MarketCount;
import io.streamforge.engine.MarketEngine;
import io.streamforge.engine.MarketListener;
import io.streamforge.engine.ReferenceRates;
import io.streamforge.graph.GraphEngine;
import io.streamforge.graph.record.GraphJson;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.instrument.Incident;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.record.DeadLetterRecord;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.RecordDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The job as one loop on one thread, with neither Flink nor Kafka: records of the raw topics in,
 * those of the topics out, with the job's bytes. Its caller says what is complete, as watermarks do
 * in the job. All state is on the heap.
 */
public final class DirectMarketGraph {
  private final Outputs outputs;
  private final RecordDecoder decoder;
  private final AdmissionRule rule;

  /** By topic. */
  private final Map<String, Admission> admissions = new HashMap<>();

  private final MarketEngine market;
  private final Set<String> rateInstruments;
  private final ReferenceRates rates;
  private final GraphGroup group;
  private final GraphEngine graphs;
  private final SymbolRecords symbolRecords;
  private final GraphJson graphJson = new GraphJson(NodeFeatures.X_NAMES);
  private final BookResync resync = new BookResync();
  private final ExpectedSamples expected;
  private long lateRecords;
  private long staleTrades;
  private long unusedMessages;
  private long refusedMessages;
  private long unlistedMessages;

  /**
   * What takes the records of each topic out.
   *
   * @param marketEvents given nothing where the settings name no topic for them
   */
  public record Outputs(
      Consumer<OutputRecord> symbolFeatures,
      Consumer<OutputRecord> graphFeatures,
      Consumer<OutputRecord> bookResyncs,
      Consumer<OutputRecord> deadLetters,
      Consumer<OutputRecord> marketEvents) {}

  public DirectMarketGraph(Settings settings, Outputs outputs) {
    InstrumentSettings instruments = settings.instruments();
    this.outputs = outputs;
    this.decoder =
        new RecordDecoder(
            settings.messageDecoder(), false, settings.get(MarketGraphOptions.ORDERBOOKS_TOPIC));
    this.rule = settings.admission();
    this.market =
        new MarketEngine(
            settings.intervalUs(),
            new HeapInstruments(instruments),
            new Measured(),
            MarketEvents.of(MarketEvents.RawTopics.of(settings), outputs.marketEvents()));
    this.rateInstruments = instruments.registry().rateInstruments();
    this.rates = new ReferenceRates(instruments.registry());
    this.group = settings.graphGroup();
    this.graphs = new GraphEngine(settings.graph(), this::publish);
    this.expected = settings.expectedSamples();
    this.symbolRecords = new SymbolRecords(settings.intervalUs());
  }

  /** Takes the next record of a partition in. One that cannot be used is a dead letter. */
  public void accept(RawRecord record) {
    if (RecordDecoder.isHeartbeat(record)) {
      return;
    }
    Admission admission = admissions.computeIfAbsent(record.topic(), topic -> new Admission(rule));
    try {
      for (MarketEvent event : admission.take(record, decoder.decode(record))) {
        expected.add(event);
        market.accept(event);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the heap is always there
    }
    String flaw = decoder.flaw() != null ? decoder.flaw() : admission.flaw();
    if (flaw != null) {
      outputs.deadLetters.accept(DeadLetterRecord.of(record, flaw));
    }
    lateRecords += decoder.lateEvents();
    staleTrades += decoder.staleTrades();
    unusedMessages += decoder.unused() ? 1 : 0;
    refusedMessages += admission.refused() ? 1 : 0;
    unlistedMessages += admission.unlisted() ? 1 : 0;
  }

  /** What is to be published of the records so far. */
  public ExpectedSamples expected() {
    return expected;
  }

  /**
   * Publishes what is complete and not published yet.
   *
   * @param completeUs all that happened before it is here
   */
  public void completeUntil(long completeUs) {
    try {
      market.completeUntil(completeUs);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the heap is always there
    }
  }

  /** What the market has counted. */
  public long count(MarketCount count) {
    return market.count(count);
  }

  /** Events that counted later than they happened. */
  public long lateRecords() {
    return lateRecords;
  }

  /** Trades too old on arrival, left out. */
  public long staleTrades() {
    return staleTrades;
  }

  /** Records that were read and hold neither trade nor book. */
  public long unusedMessages() {
    return unusedMessages;
  }

  /** Records of which an instrument found no room in its partition. */
  public long refusedMessages() {
    return refusedMessages;
  }

  /** Records of which an instrument is not listed, where only those are taken. */
  public long unlistedMessages() {
    return unlistedMessages;
  }

  private void publish(SymbolSample sample) {
    outputs.symbolFeatures.accept(symbolRecords.of(sample));
    if (group.includes(sample.instrument())) {
      graphs.add(group.graph(sample.instrument()), sample); // never late: a sweep ends with them
    }
  }

  private void publish(GraphSnapshot graph) {
    byte[] key = graph.graph().getBytes(StandardCharsets.UTF_8);
    outputs.graphFeatures.accept(
        new OutputRecord(key, graphJson.write(graph), graph.timeUs() / 1000, Map.of()));
  }

  /** Samples on their way to the topics and to the graphs. */
  private final class Measured implements MarketListener {
    @Override
    public void sample(SymbolSample sample) {
      if (rateInstruments.contains(sample.instrument().id())) {
        rates.put(sample);
      }
      if (rates.isNeededBy(sample)) {
        rates.await(sample);
      } else {
        publish(sample);
      }
    }

    @Override
    public void resync(Instrument instrument, Incident incident, long sampleUs) {
      outputs.bookResyncs.accept(resync.request(instrument, incident, sampleUs));
    }

    @Override
    public void samplesUntil(long sampleUs) {
      rates.completeUntil(sampleUs, DirectMarketGraph.this::publish);
      graphs.completeUntil(sampleUs);
      graphs.forgetBefore(sampleUs);
    }
  }
}
