package io.streamforge.graph.record;

import io.streamforge.graph.leadlag.LeadLag;
import io.streamforge.graph.returns.CrossMoments;
import io.streamforge.graph.returns.EwmaWeights;
import io.streamforge.graph.returns.ReturnHistory;
import io.streamforge.graph.returns.SampleRing;
import io.streamforge.graph.returns.Significance;

/**
 * What the attributes of an edge are made from.
 *
 * @param returns moments of the 5 s returns
 * @param correlation1h correlation of the 5 s returns of window 1h
 * @param correlation24h correlation of the 12 s returns of window 24h
 * @param gridReturns moments of the grid returns
 * @param moves samples in which both 5 s returns are not zero
 * @param significance t of Σ of the products of the 5 s returns
 * @param ewmaCorrelation correlation of the 5 s returns with exponential weights
 * @param leadLag of the mids at their changes
 * @param hayashiYoshida their covariance by the variances of the grid returns: may be beyond ±1
 * @param inTree whether it was chosen as an edge of the spanning forest
 * @param kinship of its ends
 */
public record Edge(
    CrossMoments returns,
    double correlation1h,
    double correlation24h,
    CrossMoments gridReturns,
    int moves,
    double significance,
    double ewmaCorrelation,
    LeadLag leadLag,
    double hayashiYoshida,
    boolean inTree,
    Kinship kinship) {

  /** The edge as of a sample; {@code products} is R_st, which the window has at hand. */
  public static Edge between(
      ReturnHistory source,
      ReturnHistory target,
      long products,
      double correlation1h,
      double correlation24h,
      int minObservations,
      EwmaWeights ewma,
      Significance significance,
      long sample,
      LeadLag leadLag,
      boolean inTree) {
    SampleRing s = source.returns();
    SampleRing t = target.returns();
    SampleRing gridS = source.gridReturns();
    SampleRing gridT = target.gridReturns();
    return new Edge(
        CrossMoments.of(s, t, products, minObservations),
        correlation1h,
        correlation24h,
        CrossMoments.of(gridS, gridT, SampleRing.products(gridS, gridT), minObservations),
        SampleRing.moves(s, t),
        significance.t(s, t, products, sample),
        ewma.correlation(source, target, sample),
        leadLag,
        leadLag.correlation(gridS.squares(), gridT.squares()),
        inTree,
        Kinship.of(source, target));
  }

  double t() {
    return returns.enough() ? significance : Double.NaN;
  }

  double hyCorrelation() {
    return Math.max(-1, Math.min(1, hayashiYoshida)); // NaN stays NaN
  }

  /** Whether the Hayashi–Yoshida correlation was beyond ±1. */
  public boolean isCut() {
    return Math.abs(hayashiYoshida) > 1;
  }

  double ewma() {
    return returns.enough() ? ewmaCorrelation : Double.NaN;
  }

  /** The same edge from target to source. */
  Edge reversed() {
    return new Edge(
        returns.reversed(),
        correlation1h,
        correlation24h,
        gridReturns.reversed(),
        moves,
        significance,
        ewmaCorrelation,
        leadLag.reversed(),
        hayashiYoshida,
        inTree,
        kinship);
  }
}
