// Where the nodes are. They keep their places; when edges change they drift, and no further than that
// asks for.
const { d3 } = globalThis;

const still = matchMedia('(prefers-reduced-motion: reduce)');

/** What tells an edge from others. */
export const pair = (edge) => `${edge.source.id} ${edge.target.id}`;

export class Arrangement {
  #pairs = new Set();
  #held = false;
  #forces = d3
    .forceSimulation()
    .stop()
    .alphaMin(0.01)
    .alphaDecay(0.03)
    .force('repel', d3.forceManyBody().strength(-260).distanceMax(900))
    .force('room', d3.forceCollide(20))
    .force('x', d3.forceX().strength(0.04))
    .force('y', d3.forceY().strength(0.06))
    .force(
      'edges',
      d3
        .forceLink()
        .distance((edge) => 40 + 110 * (1 - Math.abs(edge.correlation)))
        .strength((edge) => (edge.tree ? 0.5 : 0.12 * edge.correlation ** 2)),
    );

  constructor(moved) {
    this.#forces.on('tick', moved);
  }

  /** Lets nothing move any more but what is new, or lets it move again; says which. */
  hold() {
    this.#held = !this.#held;
    this.#forces.stop();
    return this.#held;
  }

  /** Puts nodes in place, as x and y: from scratch where most is new, else by as much as is new. */
  settle(nodes, edges) {
    const homeless = nodes.filter((node) => node.x === undefined).length;
    const before = this.#pairs;
    this.#forces.nodes(nodes);
    this.#forces.force('edges').links(edges);
    this.#pairs = new Set(edges.map(pair));
    const fresh = edges.filter((edge) => !before.has(pair(edge))).length;
    const gone = before.size + fresh > this.#pairs.size;
    if ((homeless === 0 && fresh === 0 && !gone) || (this.#held && homeless === 0)) {
      return;
    }
    const share = Math.max(homeless / nodes.length || 0, fresh / edges.length || 0);
    this.#forces.alpha(share > 0.5 ? 1 : 0.04 + 0.4 * share);
    if (share > 0.5 || still.matches) {
      this.#forces.stop().tick(nodes.length <= 60 ? 250 : 100).alpha(0);
    } else {
      this.#forces.restart();
    }
  }
}
