package io.streamforge.marketgraph;

import io.streamforge.book.BookStatus;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Instrument;
import io.streamforge.record.SymbolFeaturesWriter;
import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Samples as records of {@code symbol-features}, their instruments as keys. For one thread. */
final class SymbolRecords {
  private final SymbolFeaturesWriter writer;

  /**
   * @param intervalUs distance between samples, microseconds
   */
  SymbolRecords(long intervalUs) {
    this.writer = new SymbolFeaturesWriter(NodeFeatures.NAMES, intervalUs);
  }

  /**
   * The largest record that there can be: the longest numbers in each place.
   *
   * @param instrument the one of the longest name
   */
  OutputRecord largest(Instrument instrument) {
    double[] features = new double[NodeFeatures.NAMES.size()];
    Arrays.fill(features, -Double.MIN_NORMAL);
    return of(
        new SymbolSample(
            instrument,
            Long.MAX_VALUE,
            BookStatus.CHECKSUM_MISMATCH,
            Long.MIN_VALUE,
            0,
            0,
            features,
            List.of()));
  }

  /** The record of a sample. */
  OutputRecord of(SymbolSample sample) {
    String id = sample.instrument().id();
    byte[] value =
        writer.write(
            id, sample.timeUs(), sample.status().text(), sample.sequence(), sample.features());
    return new OutputRecord(
        id.getBytes(StandardCharsets.UTF_8), value, sample.timeUs() / 1000, Map.of());
  }
}
