package io.streamforge.bench.micro;

import io.streamforge.graph.returns.RollingCovariance;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One sample of the sums of products of all pairs. */
@State(Scope.Thread)
public class CovarianceBenchmark {
  private static final int SAMPLES = 64;

  @Param({"250", "1000", "5000"})
  public int symbols;

  private final long[][] returns = new long[SAMPLES][];
  private RollingCovariance covariance;
  private int sample;

  @Setup
  public void draw() {
    Random random = new Random(1);
    for (int i = 0; i < SAMPLES; i++) {
      returns[i] = random.longs(symbols, -100_000, 100_000).toArray();
    }
    covariance = new RollingCovariance();
    covariance.grow(symbols);
  }

  @Benchmark
  public long sample() {
    sample++;
    covariance.update(returns[sample % SAMPLES], returns[(sample + 1) % SAMPLES]);
    return covariance.get(0, 1);
  }
}
