package io.streamforge.testkit.reference;

import java.util.List;

/** Hayashi–Yoshida correlation of two instruments, shifted and not, over all pairs. */
final class ReferenceLeadLag {
  private static final int[] DISTANCES_MS = {100, 200, 300, 500, 1000, 2000};

  private final List<ReferenceMidPath.Increment> source;
  private final List<ReferenceMidPath.Increment> target;
  private final double variances;

  ReferenceLeadLag(ReferenceInstrument source, ReferenceInstrument target, long sample) {
    this.source = source.midPath().window(sample);
    this.target = target.midPath().window(sample);
    this.variances = onGrid(source, sample) * onGrid(target, sample);
  }

  private static double onGrid(ReferenceInstrument instrument, long sample) {
    return ReferenceInstrument.window(instrument.fixedReturns(), sample, 300).values().stream()
        .mapToDouble(r -> (double) r * r)
        .sum();
  }

  void putInto(Features values) {
    Double now = source.size() < 50 || target.size() < 50 ? null : correlation(0);
    Double lead = null;
    Double asymmetry = null;
    if (now != null) {
      double best = Math.abs(now);
      double bestShift = 0;
      double ahead = 0;
      double behind = 0;
      for (int distance : DISTANCES_MS) {
        double plus = Math.abs(correlation(distance));
        double minus = Math.abs(correlation(-distance));
        ahead += plus * plus;
        behind += minus * minus;
        if (Math.max(plus, minus) > best) {
          best = Math.max(plus, minus);
          bestShift = plus == minus ? 0 : plus > minus ? distance : -distance;
        }
      }
      double noise = Math.sqrt(1.0 / source.size() + 1.0 / target.size());
      if (best >= 4 * noise) {
        lead = best - Math.abs(now) >= 2 * noise ? bestShift : 0.0;
        asymmetry = ahead + behind > 0 ? (Double) ((ahead - behind) / (ahead + behind)) : null;
      }
    }
    values.put("hy_correlation_5m", now == null ? null : byTheGrid());
    values.put("lead_ms", lead);
    values.put("lead_lag_asymmetry", asymmetry);
  }

  private Double byTheGrid() {
    double correlation = covariance(0) / StrictMath.sqrt(variances);
    return variances > 0 ? (Double) Math.max(-1.0, Math.min(1.0, correlation)) : null;
  }

  /** The target moved back; null where one of them does not vary. */
  private Double correlation(int shiftMs) {
    double ofChanges = (double) squares(source) * (double) squares(target);
    return ofChanges > 0 ? (Double) (covariance(shiftMs) / StrictMath.sqrt(ofChanges)) : null;
  }

  private long covariance(int shiftMs) {
    long covariance = 0;
    int first = 0;
    for (ReferenceMidPath.Increment s : source) {
      while (first < target.size() && shifted(target.get(first).toUs(), shiftMs) <= s.fromUs()) {
        first++;
      }
      for (int i = first; i < target.size(); i++) {
        ReferenceMidPath.Increment t = target.get(i);
        if (shifted(t.fromUs(), shiftMs) >= s.toUs()) {
          break;
        }
        covariance += s.size() * t.size();
      }
    }
    return covariance;
  }

  private static long shifted(long timeUs, int shiftMs) {
    return timeUs - shiftMs * 1000L;
  }

  private static long squares(List<ReferenceMidPath.Increment> increments) {
    return increments.stream().mapToLong(i -> i.size() * i.size()).sum();
  }
}
