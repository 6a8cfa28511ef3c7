package io.streamforge.bench.pairs;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.returns.PageKey;
import io.streamforge.graph.returns.ReturnPage;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.mid.MidChange;
import io.streamforge.testkit.generated.FactorReturns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The nodes of samples, and pages of earlier ones, of symbols whose returns are made up. */
final class FactorNodes {
  private final Random random = new Random(1);
  private final String[] ids;
  private final FactorReturns returns;

  FactorNodes(int symbols) {
    ids = new String[symbols];
    Arrays.setAll(ids, i -> "binance-spot:S%05dUSDT".formatted(i));
    returns = new FactorReturns(symbols, 1);
  }

  /** Where the mid moved in a second it did so once, at some moment of it. */
  private List<MidChange> changes(long timeUs, double logReturn) {
    if (Double.isNaN(logReturn) || logReturn == 0) {
      return List.of();
    }
    return List.of(new MidChange(timeUs - 1 - random.nextInt(1_000_000), 1_000_000, logReturn));
  }

  /** The nodes of one sample. */
  List<Node> nodes(long timeUs) {
    double[] now = returns.next();
    List<Node> nodes = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      float[] x = new float[NodeFeatures.X_NAMES.size()];
      for (int feature = 0; feature < x.length; feature++) {
        x[feature] = (float) random.nextGaussian();
      }
      double mid = 1 + random.nextInt(10_000_000) / 100.0;
      nodes.add(new Node(ids[i], BookStatus.LIVE, mid, now[i], x, changes(timeUs, now[i])));
    }
    return nodes;
  }

  /** Saved returns of the numbers after {@code from}, as far as {@code to}. */
  List<ReturnPage> history(long from, long to) {
    List<ReturnPage> pages = new ArrayList<>();
    for (long first = from + 1; first <= to; ) {
      long number = Math.floorDiv(first, (long) ReturnPage.SIZE);
      long last = Math.min(to, (number + 1) * ReturnPage.SIZE - 1);
      pages.addAll(pages(number, first, last));
      first = last + 1;
    }
    return pages;
  }

  private List<ReturnPage> pages(long number, long first, long last) {
    int[][] pages = new int[ids.length][ReturnPage.SIZE];
    for (int[] page : pages) {
      Arrays.fill(page, ReturnPage.MISSING);
    }
    for (long sample = first; sample <= last; sample++) {
      double[] now = returns.next();
      int offset = Math.floorMod(sample, ReturnPage.SIZE);
      for (int i = 0; i < ids.length; i++) {
        pages[i][offset] =
            Double.isNaN(now[i]) ? ReturnPage.MISSING : (int) Math.rint(now[i] * 1e8);
      }
    }
    List<ReturnPage> made = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      made.add(new ReturnPage(new PageKey(ids[i], number), pages[i]));
    }
    return made;
  }
}
