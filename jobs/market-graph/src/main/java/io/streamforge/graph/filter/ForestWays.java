package io.streamforge.graph.filter;

/** The links of a forest by node. */
final class ForestWays {
  private final LinkList links;
  private final int[] starts;
  private final int[] linksOf;

  ForestWays(LinkList links, int nodes) {
    this.links = links;
    this.starts = new int[nodes + 1];
    this.linksOf = new int[2 * links.size()];
    for (int link = 0; link < links.size(); link++) {
      starts[Candidates.source(links.pair(link))]++;
      starts[Candidates.target(links.pair(link))]++;
    }
    for (int node = 0; node < nodes; node++) {
      starts[node + 1] += starts[node];
    }
    for (int link = 0; link < links.size(); link++) {
      linksOf[--starts[Candidates.source(links.pair(link))]] = link;
      linksOf[--starts[Candidates.target(links.pair(link))]] = link;
    }
  }

  /** By node that can be reached from {@code from}, the strength of the weakest link on the way. */
  void weakestLinks(int from, double[] into) {
    int[] queue = new int[starts.length];
    int[] reachedBy = new int[starts.length];
    queue[0] = from;
    reachedBy[from] = -1;
    int found = 1;
    for (int next = 0; next < found; next++) {
      int node = queue[next];
      for (int place = starts[node]; place < starts[node + 1]; place++) {
        int link = linksOf[place];
        if (link != reachedBy[node]) {
          int other = otherEnd(link, node);
          into[other] = Math.min(into[node], links.strength(link));
          reachedBy[other] = link;
          queue[found++] = other;
        }
      }
    }
  }

  private int otherEnd(int link, int node) {
    long pair = links.pair(link);
    return Candidates.source(pair) == node ? Candidates.target(pair) : Candidates.source(pair);
  }
}
