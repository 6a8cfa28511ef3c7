package io.streamforge.cli.demo;

import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest that a job has said of its market, as a screen of text. */
public final class MarketOutputs {
  private final String symbolTopic;
  private final String graphTopic;
  private final TreeMap<String, SymbolFeaturesRecord> symbols = new TreeMap<>();
  private GraphFeaturesRecord graph;
  private long firstSampleUs = Long.MAX_VALUE;
  private long symbolRecords;
  private long graphs;

  public MarketOutputs(Settings settings) {
    this.symbolTopic = settings.get(MarketGraphOptions.SYMBOL_FEATURES_TOPIC);
    this.graphTopic = settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC);
  }

  /** The topics whose records it takes. */
  public List<String> topics() {
    return List.of(symbolTopic, graphTopic);
  }

  /** Takes the next record. */
  public void receive(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(graphTopic)) {
        graphs++;
        graph = GraphFeaturesRecord.read(record.value());
      } else {
        symbolRecords++;
        SymbolFeaturesRecord symbol = SymbolFeaturesRecord.read(record.value());
        symbols.put(symbol.instrument(), symbol);
        firstSampleUs = Math.min(firstSampleUs, symbol.timeUs());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether each of some instruments has a sample of a time or later. */
  boolean has(Collection<String> instruments, long sampleUs) {
    return instruments.stream()
        .map(symbols::get)
        .allMatch(symbol -> symbol != null && symbol.timeUs() >= sampleUs);
  }

  long firstSampleUs() {
    return firstSampleUs;
  }

  /** The newest graph's sample; before all times if there is none. */
  long graphUs() {
    return graph == null ? Long.MIN_VALUE : graph.timeUs();
  }

  public long symbolRecords() {
    return symbolRecords;
  }

  public long graphs() {
    return graphs;
  }

  /** The screen, between a line on progress and where there is more to see. */
  public String screen(String progress, String addresses) {
    return new DemoScreen(symbols.values(), graph).text(progress, addresses);
  }
}
