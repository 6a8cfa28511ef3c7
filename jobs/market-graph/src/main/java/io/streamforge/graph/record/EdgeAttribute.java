package io.streamforge.graph.record;

import io.streamforge.catalogue.Feature;
import java.util.function.ToDoubleFunction;

/** The numbers on an edge from source s to target t, in the order of the records. */
public enum EdgeAttribute implements Feature {
  /** Correlation of 5 s returns. */
  CORRELATION_5M(
      edge -> edge.returns().correlation(),
      new Description(
          "correlation_5m",
          "−1…1",
          "5m",
          "R_st / √(R_ss · R_tt) of overlapping 5 s returns, uncentred",
          "",
          "fewer observations than graph.min-observations, or no variance at an end",
          false)),
  /** The same over an hour. */
  CORRELATION_1H(
      Edge::correlation1h,
      new Description(
          "correlation_1h",
          "−1…1",
          "1h",
          "correlation_5m over 3600 samples",
          "",
          "fewer than 1800 samples in which both 5 s returns exist, or no variance at an end",
          false)),
  /** Correlation of longer returns over a day. */
  CORRELATION_24H(
      Edge::correlation24h,
      new Description(
          "correlation_24h",
          "−1…1",
          "24h",
          "R_st / √(R_ss · R_tt) of returns of 12 s, in bins aligned to the epoch with all of their"
              + " grid returns, over the newest 7200 bins",
          "",
          "fewer than 3600 bins in which both returns exist, or no variance at an end",
          false)),
  /** How far the correlation is from none, in standard deviations. */
  CORRELATION_T_5M(
      Edge::t,
      new Description(
          "correlation_t_5m",
          "",
          "5m",
          "Σz / √(Γ_0 + 2 Σ (1 − k/9) Γ_k over k = 1 … 8), z = y_s y_t, Γ_k = Σ z_t z_{t−k}; the"
              + " root is of Γ_0 at least",
          "Newey & West 1987",
          "fewer observations than graph.min-observations, or no common move",
          false)),
  /** Correlation of grid returns. */
  CORRELATION_1S_5M(
      edge -> edge.gridReturns().correlation(),
      new Description(
          "correlation_1s_5m",
          "−1…1",
          "5m",
          "correlation_5m on single grid returns",
          "Epps 1979",
          "fewer common returns than graph.min-observations, or no variance at an end",
          false)),
  /** Correlation of 5 s returns, the newest first. */
  EWMA_CORRELATION(
      Edge::ewma,
      new Description(
          "ewma_correlation",
          "−1…1",
          "5m",
          "correlation_5m with weights 2^(−age/60 s)",
          "RiskMetrics 1996",
          "fewer observations than graph.min-observations, or no variance at an end",
          false)),
  /** Regression of target on source. */
  BETA_5M(
      edge -> edge.returns().beta(),
      new Description(
          "beta_5m",
          "",
          "5m",
          "R_st / R_ss: target on source",
          "",
          "fewer observations than graph.min-observations, or no variance at the source",
          false)),
  /** Correlation of the mids at their changes. */
  HY_CORRELATION_5M(
      Edge::hyCorrelation,
      new Description(
          "hy_correlation_5m",
          "−1…1",
          "5m",
          "Σ ΔX ΔY over the increments that overlap / √(Σ r_s² Σ r_t²), cut to ±1; ΔX: log"
              + " increments, rounded to 10⁻⁸, of the mid at its changes (the last of each 100 ms,"
              + " since when it has stood), none across a step that ends without a mid or a silence"
              + " of book.stale-after; r: grid returns",
          "Hayashi & Yoshida 2005",
          "fewer than 50 changes at an end, or no variance at an end",
          false)),
  /** Who moves first. */
  LEAD_MS(
      edge -> edge.leadLag().leadMs(),
      new Description(
          "lead_ms",
          "ms",
          "5m",
          "θ* of largest |ρ(θ)|, ρ(θ) = Σ ΔX ΔY / √(Σ ΔX² Σ ΔY²) with the target shifted back by"
              + " θ; 0 unless |ρ(θ*)| − |ρ(0)| ≥ 2ς, ς = √(1/n_s + 1/n_t);"
              + " positive: the source leads",
          "Hoffmann, Rosenbaum & Yoshida 2013, arXiv:1303.4871",
          "|ρ(θ*)| < 4ς, or no hy_correlation_5m",
          false)),
  /** How much more correlation there is on one side of the shifts. */
  LEAD_LAG_ASYMMETRY(
      edge -> edge.leadLag().asymmetry(),
      new Description(
          "lead_lag_asymmetry",
          "−1…1",
          "5m",
          "(A − B)/(A + B), A = Σ ρ(θ)² over θ > 0, B over θ < 0",
          "after Huth & Abergel 2014, arXiv:1111.7103",
          "as lead_ms",
          false)),
  /** Samples in which both returns exist. */
  OBSERVATIONS(
      edge -> edge.returns().observations(),
      new Description(
          "observations",
          "count",
          "5m",
          "samples of the window in which both 5 s returns exist",
          "",
          "",
          false)),
  /** Samples in which both returns are not zero. */
  MOVES(
      Edge::moves,
      new Description(
          "moves",
          "count",
          "5m",
          "samples of the window in which both 5 s returns are not zero",
          "",
          "",
          false)),
  /** Edge of the spanning forest. */
  IN_TREE(
      edge -> edge.inTree() ? 1 : 0,
      new Description(
          "in_tree",
          "0/1",
          "5m",
          "edge of the spanning forest of largest |correlation_5m|, when edges were chosen",
          "Mantegna 1999",
          "",
          false)),
  /** Whether both ends trade the same. */
  SAME_BASE(edge -> edge.kinship().sameBase(), same("same_base", "base currency", Null.UNLISTED)),
  /** Whether both ends are priced in the same. */
  SAME_QUOTE(
      edge -> edge.kinship().sameQuote(), same("same_quote", "quote currency", Null.UNLISTED)),
  /** Whether both ends are of one venue. */
  SAME_VENUE(edge -> edge.kinship().sameVenue(), same("same_venue", "venue", ""));

  private static final class Null {
    static final String UNLISTED = "an end is not in instruments.registry";
  }

  private final ToDoubleFunction<Edge> formula;
  private final Description description;

  EdgeAttribute(ToDoubleFunction<Edge> formula, Description description) {
    this.formula = formula;
    this.description = description;
  }

  private static Description same(String name, String what, String nullWhen) {
    String formula = "1 if both ends have one %s, else 0".formatted(what);
    return new Description(name, "0/1", "", formula, "", nullWhen, false);
  }

  @Override
  public Description description() {
    return description;
  }

  private float of(Edge edge) {
    return (float) formula.applyAsDouble(edge) + 0.0f; // −0.0 is 0.0
  }

  private static final EdgeAttribute[] ALL = values();

  /** Every attribute of an edge, NaN where it is not defined. */
  static float[] all(Edge edge) {
    float[] values = new float[ALL.length];
    for (int i = 0; i < ALL.length; i++) {
      values[i] = ALL[i].of(edge);
    }
    return values;
  }
}
