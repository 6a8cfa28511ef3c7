package io.streamforge.graph;

/** Every pair's correlation as of one tick, made from the window when asked. */
final class Correlations implements Candidates {
  private final GraphSettings settings;
  private final RollingCovariance covariance;
  private final long tick;
  private final int[] slots;
  private final TickRing[] returns;
  private final GappedSquares[] squares;
  private final double[] allSquares;
  private final boolean[] complete;
  private final long[] products;

  /** {@code slots}: where the nodes, sorted by id, stand in {@code window}, which ends at tick. */
  Correlations(GraphSettings settings, ReturnWindow window, int[] slots, long tick) {
    this.settings = settings;
    this.covariance = window.covariance();
    this.tick = tick;
    this.slots = slots;
    this.returns = new TickRing[slots.length];
    this.squares = new GappedSquares[slots.length];
    this.allSquares = new double[slots.length];
    this.complete = new boolean[slots.length];
    this.products = new long[slots.length];
    for (int node = 0; node < slots.length; node++) {
      TickRing own = window.history(slots[node]).returns();
      returns[node] = own;
      squares[node] = new GappedSquares(own);
      allSquares[node] = own.squares();
      complete[node] = own.isComplete();
    }
  }

  @Override
  public int size() {
    return slots.length;
  }

  /** In plain loops over arrays: this is asked for every pair. */
  @Override
  public void strengths(int node, int[] others, int count, double[] into) {
    gather(node, others, count);
    for (int i = 0; i < count; i++) {
      int other = others[i];
      double variances =
          complete[node] && complete[other]
              ? allSquares[node] * allSquares[other]
              : squares[node].alongside(squares[other]) * squares[other].alongside(squares[node]);
      into[i] = Math.abs(products[i] / Math.sqrt(variances));
    }
  }

  private void gather(int node, int[] others, int count) {
    int slot = slots[node];
    for (int i = 0; i < count; i++) {
      products[i] = covariance.get(slot, slots[others[i]]);
    }
  }

  @Override
  public boolean mayBeEdge(int i, int j) {
    return TickRing.observations(returns[i], returns[j]) >= settings.minObservations()
        && TickRing.moves(returns[i], returns[j]) >= settings.minMoves()
        && (settings.minT() == 0 || Math.abs(t(i, j)) >= settings.minT());
  }

  private double t(int i, int j) {
    return Edge.t(
        covariance.get(slots[i], slots[j]), TickRing.squaredProducts(returns[i], returns[j], tick));
  }
}
