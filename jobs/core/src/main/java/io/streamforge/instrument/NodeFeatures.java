package io.streamforge.instrument;

import io.streamforge.book.BookFeature;
import io.streamforge.book.BookSample;
import io.streamforge.catalogue.Feature;
import io.streamforge.flow.FlowFeature;
import io.streamforge.flow.FlowSample;
import io.streamforge.flow.TradeFeature;
import io.streamforge.flow.TradeSample;
import io.streamforge.volatility.Volatility;
import io.streamforge.volatility.VolatilityFeature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All features of a node, in the order in which they are published. */
public final class NodeFeatures {
  private static final BookFeature[] BOOK = BookFeature.values();
  private static final TradeFeature[] TRADES = TradeFeature.values();
  private static final FlowFeature[] FLOW = FlowFeature.values();
  private static final VolatilityFeature[] VOLATILITY = VolatilityFeature.values();

  /** The catalogue. */
  public static final List<Feature> ALL =
      Stream.of(BOOK, TRADES, FLOW, VOLATILITY).flatMap(Arrays::<Feature>stream).toList();

  /** Names of all features. */
  public static final List<String> NAMES = ALL.stream().map(Feature::key).toList();

  /** Names of those that stand in the graph's {@code x}. */
  public static final List<String> X_NAMES =
      ALL.stream().filter(f -> f.description().inGraph()).map(Feature::key).toList();

  private static final int[] X_INDEXES =
      IntStream.range(0, ALL.size()).filter(i -> ALL.get(i).description().inGraph()).toArray();

  private NodeFeatures() {}

  /**
   * The values at a sample, in quote units, in the order of {@link #NAMES}; NaN where one does not
   * exist.
   */
  static double[] of(BookSample book, TradeSample trades, FlowSample flow, Volatility volatility) {
    double[] values = new double[ALL.size()];
    int i = 0;
    for (BookFeature feature : BOOK) {
      values[i++] = feature.of(book);
    }
    for (TradeFeature feature : TRADES) {
      values[i++] = feature.of(trades);
    }
    for (FlowFeature feature : FLOW) {
      values[i++] = feature.of(flow);
    }
    for (VolatilityFeature feature : VOLATILITY) {
      values[i++] = feature.of(volatility);
    }
    return values;
  }

  /**
   * The published values of those in quote units.
   *
   * @param rate reference units for one quote unit, NaN where that is not known
   */
  static double[] inReference(double[] values, double rate) {
    double[] published = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      published[i] = ALL.get(i).inReference(values[i], rate);
    }
    return published;
  }

  /** Those of {@code values} that stand in {@code x}. */
  public static float[] x(double[] values) {
    float[] x = new float[X_INDEXES.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) values[X_INDEXES[i]];
    }
    return x;
  }
}
