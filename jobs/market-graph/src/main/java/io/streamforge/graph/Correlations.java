package io.streamforge.graph;

import io.streamforge.graph.filter.Candidates;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.returns.CommonSquares;
import io.streamforge.graph.returns.CrossMoments;
import io.streamforge.graph.returns.ReturnWindow;
import io.streamforge.graph.returns.RollingCovariance;
import io.streamforge.graph.returns.SampleRing;
import io.streamforge.graph.returns.Significance;
import io.streamforge.graph.returns.SquaredProducts;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Every pair's correlation as of one sample, made from the window when asked. */
public final class Correlations implements Candidates {

  /** What a floor is lowered by, so that rounding leaves out no pair that reaches it. */
  private static final double MARGIN = 1 - 0x1p-40;

  private final GraphSettings settings;
  private final RollingCovariance covariance;
  private final long sample;
  private final int[] slots;
  private final SampleRing[] returns;
  private final int[] observations;
  private final int[] moves;

  private final Significance significance;

  /** Made when a neighbour is asked for. */
  private SquaredProducts squaredProducts;

  /** What |t| of a neighbour is above. */
  private final double level;

  /** By slot; 0 where there is none. */
  private final int[] nodes;

  /** Of the nodes that may have an edge at all. */
  private final CommonSquares squares;

  private final long[] othersSquares;

  /**
   * {@code slots}: where the nodes, sorted by id, stand in {@code window}, which ends at sample.
   */
  Correlations(
      GraphSettings settings,
      ReturnWindow window,
      Significance significance,
      int[] slots,
      long sample) {
    this.settings = settings;
    this.significance = significance;
    this.level = Math.max(settings.minT(), NormalQuantile.ofNeighbours(slots.length));
    this.covariance = window.covariance();
    this.sample = sample;
    this.slots = slots;
    this.returns = new SampleRing[slots.length];
    this.observations = new int[slots.length];
    this.moves = new int[slots.length];
    this.nodes = new int[Arrays.stream(slots).max().orElse(-1) + 1];
    SampleRing[] bySlot = new SampleRing[nodes.length];
    for (int node = 0; node < slots.length; node++) {
      SampleRing own = window.history(slots[node]).returns();
      returns[node] = own;
      nodes[slots[node]] = node;
      observations[node] = own.observations();
      moves[node] = own.moves();
      if (own.squares() > 0
          && observations[node] >= settings.minObservations()
          && moves[node] >= settings.minMoves()) {
        bySlot[slots[node]] = own;
      }
    }
    this.squares = new CommonSquares(bySlot);
    this.othersSquares = new long[nodes.length];
  }

  @Override
  public int size() {
    return slots.length;
  }

  /** In plain loops over arrays, row by row of the sums of products: this is of every pair. */
  @Override
  public void visit(double[] floors, Visitor visitor) {
    for (int slot = 1; slot < nodes.length; slot++) {
      if (squares.isKnown(slot)) {
        visitAlike(slot, floors, visitor);
        visitUnlike(slot, floors, visitor);
      }
    }
  }

  private void visitAlike(int slot, double[] floors, Visitor visitor) {
    long[] row = covariance.row(slot);
    double[] scales = squares.scales();
    double scale = scales[slot];
    if (Double.isNaN(scale)) {
      return;
    }
    int node = nodes[slot];
    double floor = floors[node] * MARGIN;
    for (int other = 0; other < slot; other++) {
      double strength = Math.abs((double) row[other]) * (scales[other] * scale);
      if (strength >= floor || strength >= floors[nodes[other]] * MARGIN) {
        visit(slot, other, squares.of(other), floors, visitor);
        floor = floors[node] * MARGIN;
      }
    }
  }

  private void visitUnlike(int slot, double[] floors, Visitor visitor) {
    if (squares.isGapped(slot)) {
      squares.alongside(slot, othersSquares);
      for (int other = 0; other < slot; other++) {
        if (squares.isKnown(other)) {
          visit(slot, other, othersSquares[other], floors, visitor);
        }
      }
    } else {
      for (int other : squares.gapped()) {
        if (other >= slot) {
          break;
        }
        visit(slot, other, squares.of(other), floors, visitor);
      }
    }
  }

  /** {@code others}: Σ of the other's squares over the samples in which slot has a value. */
  private void visit(int slot, int other, long others, double[] floors, Visitor visitor) {
    long products = covariance.row(slot)[other];
    double variances = (double) squares.alongside(slot, other) * (double) others;
    double floor = Math.min(floors[nodes[slot]], floors[nodes[other]]);
    double lowered = floor * MARGIN;
    // The same without a root, which few need.
    if (floor < 0 || (double) products * products >= lowered * lowered * variances) {
      double strength = Math.abs(products / Math.sqrt(variances));
      if (strength >= floor) {
        visitor.visit(nodes[slot], nodes[other], strength);
      }
    }
  }

  @Override
  public double strength(int i, int j) {
    return Math.abs(correlation(i, j));
  }

  private double correlation(int i, int j) {
    return CrossMoments.correlation(
        covariance.get(slots[i], slots[j]),
        returns[i].squaresAlongside(returns[j]),
        returns[j].squaresAlongside(returns[i]));
  }

  /** Largest eigenvalue of the matrix of correlations by its size; NaN below two nodes. */
  double firstEigenvalueShare() {
    int[] varying =
        IntStream.range(0, slots.length)
            .filter(i -> returns[i].squares() > 0 && observations[i] >= settings.minObservations())
            .toArray();
    double[][] matrix = new double[varying.length][varying.length];
    for (int i = 0; i < varying.length; i++) {
      matrix[i][i] = 1;
      for (int j = 0; j < i; j++) {
        double correlation =
            haveObservations(varying[i], varying[j])
                ? correlation(varying[i], varying[j])
                : Double.NaN;
        matrix[i][j] = Double.isNaN(correlation) ? 0 : correlation;
        matrix[j][i] = matrix[i][j];
      }
    }
    return varying.length < 2 ? Double.NaN : Eigenvalue.largest(matrix) / varying.length;
  }

  @Override
  public boolean mayBeInForest(int i, int j) {
    return haveObservations(i, j) && haveMoves(i, j);
  }

  @Override
  public boolean mayBeNeighbour(int i, int j) {
    return mayBeInForest(i, j) && isAboveWithoutLags(level, i, j) && isAbove(level, i, j);
  }

  @Override
  public boolean mayBeEdge(int i, int j) {
    return mayBeInForest(i, j) && (settings.minT() == 0 || isAbove(settings.minT(), i, j));
  }

  /** Where both have values in most samples, so many have both that they need not be counted. */
  private boolean haveObservations(int i, int j) {
    int needed = settings.minObservations();
    return observations[i] + observations[j] - settings.windowSamples() >= needed
        || SampleRing.observations(returns[i], returns[j]) >= needed;
  }

  private boolean haveMoves(int i, int j) {
    int needed = settings.minMoves();
    return moves[i] + moves[j] - settings.windowSamples() >= needed
        || SampleRing.moves(returns[i], returns[j]) >= needed;
  }

  /** Lags only make |t| smaller, so that most pairs fail here, where little is done for each. */
  private boolean isAboveWithoutLags(double least, int i, int j) {
    if (squaredProducts == null) {
      squaredProducts = new SquaredProducts(returns);
    }
    double sum = covariance.get(slots[i], slots[j]);
    return Math.abs(sum) >= least * Math.sqrt(squaredProducts.get(i, j)) * MARGIN;
  }

  private boolean isAbove(double least, int i, int j) {
    long sum = covariance.get(slots[i], slots[j]);
    return Math.abs(significance.t(returns[i], returns[j], sum, sample)) > least;
  }
}
