package io.streamforge.testkit.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code beta_market_5m}: a node's 5 s returns on the mean one of the other nodes. */
final class ReferenceBetas {
  private final Map<Long, List<ReferenceInstrument>> nodesAt = new HashMap<>();

  /** By node as of a sample, null where there is none. */
  List<Double> advance(long sample, List<ReferenceInstrument> nodes) {
    nodesAt.put(sample, nodes);
    List<Double> betas = new ArrayList<>();
    for (ReferenceInstrument node : nodes) {
      betas.add(beta(node, sample));
    }
    return betas;
  }

  private Double beta(ReferenceInstrument node, long sample) {
    int observations = 0;
    double products = 0;
    double squares = 0;
    for (Map.Entry<Long, Long> own :
        ReferenceInstrument.window(node.fiveSecondReturns(), sample, 300).entrySet()) {
      long sum = 0;
      int count = 0;
      for (ReferenceInstrument other : nodesAt.get(own.getKey())) {
        Long its = other == node ? null : other.fiveSecondReturns().get(own.getKey());
        sum += its == null ? 0 : its;
        count += its == null ? 0 : 1;
      }
      if (count > 0) {
        double mean = (double) sum / count;
        products += own.getValue() * mean;
        squares += mean * mean;
        observations++;
      }
    }
    return observations < 30 || squares == 0 ? null : (Double) (products / squares);
  }
}
