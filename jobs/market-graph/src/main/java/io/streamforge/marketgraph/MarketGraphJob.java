package io.streamforge.marketgraph;

import io.streamforge.instrument.SymbolSample;
import io.streamforge.kafka.DecodeOperator;
import io.streamforge.kafka.MarketEventSerializer;
import io.streamforge.kafka.OutputRecordSerializer;
import io.streamforge.kafka.PartitionSample;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.runtime.Arguments;
import io.streamforge.runtime.FlinkPreferences;
import io.streamforge.runtime.SinkOptions;
import io.streamforge.settings.SettingsException;
import io.streamforge.state.SerializerTypeInformation;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job: raw messages of a market in, features of its symbols and the graph of the market out.
 *
 * <pre>
 *                    ┌── offsets of each sample ───┐
 * order books ─┐     │                           ▼
 *              ├─ decode ─▶ instruments ─┬───▶ graph ─▶ graph-features
 * trades ──────┘     │                   ├─▶ symbol-features
 *                    │                   ├─▶ book-resync
 *                    │                   └─▶ market-events, if a setting names the topic
 *                    └─▶ dead-letters
 * </pre>
 *
 * Where the registry takes rates from instruments, the samples go through {@code reference-rates}
 * on their way from {@code instruments} to {@code graph} and {@code symbol-features}.
 */
public final class MarketGraphJob {
  private static final int MAX_PARALLELISM = 256;

  private static final TypeInformation<MarketEvent> EVENT =
      new SerializerTypeInformation<>(MarketEvent.class, new MarketEventSerializer());
  private static final TypeInformation<SymbolSample> SAMPLE =
      new SerializerTypeInformation<>(SymbolSample.class, new SymbolSampleSerializer());
  private static final TypeInformation<OutputRecord> RECORD =
      new SerializerTypeInformation<>(OutputRecord.class, new OutputRecordSerializer());

  private MarketGraphJob() {}

  /**
   * Runs on the cluster that {@code flink run} names. Arguments: {@code --config FILE}, {@code
   * --set key=value}.
   */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    try {
      Settings settings =
          new Settings(Arguments.settings(MarketGraphOptions.JOB, args, env.getConfiguration()));
      define(env, settings);
      env.execute(settings.title());
    } catch (SettingsException e) {
      Arguments.refuse(e);
    }
  }

  /** The job between Kafka's topics. */
  public static void define(StreamExecutionEnvironment env, Settings settings) {
    TopicPartitions partitions = TopicPartitions.describe(settings);
    KafkaTopicsOut out = new KafkaTopicsOut(settings, partitions.writersBefore());
    define(env, settings, new KafkaTopicsIn(settings, partitions), out);
    SinkOptions.checkTransactions(settings.job(), settings.kafka(), env.getConfiguration());
  }

  /** The job between any ends. */
  public static void define(
      StreamExecutionEnvironment env, Settings settings, MarketSources sources, MarketSinks sinks) {
    env.setMaxParallelism(MAX_PARALLELISM);
    env.configure(FlinkPreferences.over(env.getConfiguration()));
    Map<String, Integer> partitions = sources.partitions();
    // With several, nothing keeps what has no key in order.
    boolean keyRequired = partitions.values().stream().anyMatch(count -> count > 1);
    SingleOutputStreamOperator<MarketEvent> books =
        decode(sources.orderbooks(env), "orderbooks", settings, keyRequired);
    SingleOutputStreamOperator<MarketEvent> trades =
        decode(sources.trades(env), "trades", settings, keyRequired);
    sinks.deadLetters(
        books
            .getSideOutput(DecodeOperator.DEAD_LETTERS)
            .union(trades.getSideOutput(DecodeOperator.DEAD_LETTERS)));

    SingleOutputStreamOperator<SymbolSample> measured =
        books
            .union(trades)
            .keyBy(event -> event.instrument().id(), Types.STRING)
            .transform(
                "instruments",
                SAMPLE,
                new InstrumentsOperator(
                    settings.instruments(), MarketEvents.RawTopics.of(settings)))
            .uid("instruments")
            .setDescription(
                "instruments: book, trade flow and volatility of each, published at each sample");
    sinks.bookResyncs(measured.getSideOutput(InstrumentsOperator.RESYNCS));
    if (settings.marketEventsTopic().isPresent()) {
      sinks.marketEvents(measured.getSideOutput(InstrumentsOperator.MARKET_EVENTS));
    }
    SingleOutputStreamOperator<SymbolSample> samples =
        inReference(measured, settings.instruments().registry());
    sinks.symbolFeatures(
        samples
            .map(new SymbolFeaturesJson(settings.intervalUs()))
            .returns(RECORD)
            .uid("symbol-features")
            .name("as JSON")
            .startNewChain() // on a thread of its own, or the graph would wait for it
            .setDescription("as JSON: a record an instrument and sample"));

    GraphGroup group = settings.graphGroup();
    sinks.graphFeatures(
        samples
            .filter(sample -> group.includes(sample.instrument()))
            .uid("graph-include")
            .name("nodes")
            .setDescription("nodes: the instruments that graph.include lets through")
            .keyBy(sample -> group.graph(sample.instrument()), Types.STRING)
            .connect(partitionSamples(books, trades))
            .transform("graph", RECORD, new GraphOperator(settings.graph(), partitions))
            .uid("graph")
            .setDescription("graph: correlations, edges and the record of each graph"));
  }

  /** To every subtask, since each has graphs that rest on all partitions. */
  private static DataStream<PartitionSample> partitionSamples(
      SingleOutputStreamOperator<MarketEvent> books,
      SingleOutputStreamOperator<MarketEvent> trades) {
    return books
        .getSideOutput(DecodeOperator.PARTITION_SAMPLES)
        .union(trades.getSideOutput(DecodeOperator.PARTITION_SAMPLES))
        .broadcast();
  }

  private static SingleOutputStreamOperator<SymbolSample> inReference(
      SingleOutputStreamOperator<SymbolSample> samples, InstrumentRegistry registry) {
    Set<String> rateInstruments = registry.rateInstruments();
    if (rateInstruments.isEmpty()) {
      return samples;
    }
    DataStream<SymbolSample> rates =
        samples
            .filter(sample -> rateInstruments.contains(sample.instrument().id()))
            .uid("rate-instruments")
            .name("rates")
            .setDescription("rates: the instruments whose mid is the rate of another's quote");
    return samples
        .connect(rates.broadcast())
        .transform("reference rates", SAMPLE, new ReferenceRatesOperator(registry))
        .uid("reference-rates")
        .setDescription("reference rates: samples wait for the rate of their quote");
  }

  private static SingleOutputStreamOperator<MarketEvent> decode(
      DataStream<RawRecord> records, String kind, Settings settings, boolean keyRequired) {
    return records
        .transform(
            "decode " + kind,
            EVENT,
            new DecodeOperator(
                settings.time(),
                settings.intervalUs(),
                settings.maxMessageBytes(),
                keyRequired,
                settings.get(MarketGraphOptions.ORDERBOOKS_TOPIC),
                settings.admission(),
                settings.marketEventsTopic().isPresent()))
        .uid("decode-" + kind)
        .setDescription("decode " + kind + ": messages of every venue to events")
        .setParallelism(records.getParallelism());
  }
}
