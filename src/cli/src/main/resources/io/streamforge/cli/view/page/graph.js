// The picture of the graph.
import { Arrangement, pair } from './arrangement.js';
import { fixed } from './numbers.js';
import {
  correlationColour,
  correlationWidth,
  drawLegend,
  includeVolatilities,
  isLive,
  nodeShape,
  volatilityColour,
} from './scales.js';

const { d3 } = globalThis;

const FEW = 60; // so many have room for their names
const MARGIN = 36;

const percent = fixed(1, { unit: ' %', times: 100 });
const correlation = fixed(2, { sign: true });

export class GraphDrawing {
  #nodes = [];
  #edges = [];
  #choose;
  #chosen = null;
  #pointed = null;
  #moved = false; // by hand: then it is not fitted again
  #svg = d3.select('#graph');
  #lines = this.#svg.append('g');
  #marks = this.#svg.append('g');
  #view = d3.zoomIdentity;
  #zoom = d3.zoom().scaleExtent([0.02, 20]);
  #arrangement = new Arrangement(() => this.#fit());

  constructor(choose) {
    this.#choose = choose;
    const hatch = this.#svg
      .append('defs')
      .append('pattern')
      .attr('id', 'hatch')
      .attr('width', 5)
      .attr('height', 5)
      .attr('patternUnits', 'userSpaceOnUse')
      .attr('patternTransform', 'rotate(45)');
    hatch.append('rect').attr('class', 'hatch-ground').attr('width', 5).attr('height', 5);
    hatch.append('rect').attr('class', 'hatch-line').attr('width', 2).attr('height', 5);
    this.#zoom.on('zoom', (event) => {
      this.#moved ||= event.sourceEvent !== null;
      this.#view = event.transform;
      this.#place();
    });
    this.#svg.call(this.#zoom);
    d3.select('#zoom-in').on('click', () => this.#zoomBy(1.4));
    d3.select('#zoom-out').on('click', () => this.#zoomBy(1 / 1.4));
    d3.select('#fit').on('click', () => {
      this.#moved = false;
      this.#fit();
    });
    d3.select('#hold').on('click', (event) => {
      event.target.ariaPressed = String(this.#arrangement.hold());
    });
    new ResizeObserver(() => this.#fit()).observe(this.#svg.node());
  }

  show(graph) {
    this.#note(graph);
    if (graph === null) {
      return;
    }
    const places = new Map(this.#nodes.map((node) => [node.id, node]));
    this.#nodes = graph.nodes.map((node) => Object.assign(places.get(node.id) ?? {}, node));
    this.#edges = graph.edges
      .filter((edge) => edge.correlation !== null)
      .sort((a, b) => a.tree - b.tree || Math.abs(a.correlation) - Math.abs(b.correlation));
    this.#arrangement.settle(this.#nodes, this.#edges);
    if (includeVolatilities(this.#nodes.map((node) => node.volatility))) {
      drawLegend();
    }
    this.#draw();
    this.#fit();
  }

  choose(id) {
    this.#chosen = id;
    this.#draw();
    this.#place();
  }

  #note(graph) {
    const text =
      graph === null
        ? 'No graph yet.'
        : graph.num_nodes > graph.nodes.length
          ? `${graph.num_nodes} symbols are more than can be drawn.`
          : graph.num_edges === 0
            ? 'No edges yet: one needs 30 samples and 10 common moves.'
            : '';
    d3.select('#graph-note').text(text);
    this.#svg.attr(
      'aria-label',
      graph === null ? text : `${graph.num_nodes} symbols, ${graph.num_edges} edges. The table has the symbols.`,
    );
  }

  #zoomBy(factor) {
    this.#moved = true;
    this.#svg.call(this.#zoom.scaleBy, factor);
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this.#svg.node();
    if (!this.#moved && this.#nodes.length > 0 && width > 0) {
      const [left, right] = d3.extent(this.#nodes, (node) => node.x);
      const [top, bottom] = d3.extent(this.#nodes, (node) => node.y);
      const names = this.#nodes.length <= FEW ? 80 : 0;
      const scale = Math.min(
        (width - 2 * MARGIN - names) / Math.max(right - left, 1),
        (height - 2 * MARGIN) / Math.max(bottom - top, 1),
        2.2,
      );
      this.#svg.call(
        this.#zoom.transform,
        d3.zoomIdentity
          .translate((width - names) / 2, height / 2)
          .scale(Math.max(scale, 0.02))
          .translate(-(left + right) / 2, -(top + bottom) / 2),
      );
    }
    this.#place();
  }

  #draw() {
    const few = this.#nodes.length <= FEW;
    const focus = this.#pointed ?? this.#chosen;
    const near = this.#near(focus);
    const fades = near.size > 0 && (!few || this.#pointed !== null);
    const radius = few ? 9 : this.#nodes.length <= 200 ? 6 : 4;
    const venues = new Set(this.#nodes.map((node) => node.id.split(':', 1)[0]));
    const name = (node) => (venues.size === 1 ? node.id.slice(node.id.indexOf(':') + 1) : node.id);
    this.#lines
      .selectAll('g')
      .data(this.#edges, pair)
      .join((enter) => {
        const edge = enter.append('g');
        edge.append('line').attr('class', 'casing');
        edge.append('line').attr('class', 'gap');
        edge.append('line');
        edge.append('title');
        return edge;
      })
      .order()
      .classed('faint', ({ source, target }) =>
        fades && source.id !== focus && target.id !== focus)
      .each((edge, i, all) => {
        const [casing, gap, line, title] = all[i].children;
        const width = correlationWidth(Math.abs(edge.correlation)) * (radius > 4 ? 1 : 0.5);
        casing.style.display = gap.style.display = edge.tree ? '' : 'none';
        casing.style.strokeWidth = width + (radius > 4 ? 3.5 : 2);
        gap.style.strokeWidth = width + (radius > 4 ? 1 : 0.5);
        line.setAttribute('class', edge.correlation < 0 ? 'edge negative' : 'edge');
        line.style.stroke = correlationColour(edge.correlation);
        line.style.strokeWidth = width;
        line.style.opacity = edge.tree ? 1 : 0.2 + 0.8 * Math.abs(edge.correlation);
        title.textContent = `${edge.source.id} — ${edge.target.id}: ${correlation(edge.correlation)}`;
      });
    this.#marks
      .selectAll('g')
      .data(this.#nodes, (node) => node.id)
      .join((enter) => {
        const mark = enter.append('g');
        mark.append('path');
        mark.append('text');
        mark.append('title');
        return mark
          .on('click', (event, node) => this.#choose(node.id))
          .on('pointerenter', (event, node) => this.#point(node.id))
          .on('pointerleave', () => this.#point(null));
      })
      .attr('data-id', (node) => node.id)
      .classed('chosen', (node) => node.id === this.#chosen)
      .classed('faint', (node) => fades && !few && !near.has(node.id))
      .each((node, i, all) => {
        const [path, text, title] = all[i].children;
        const style = !isLive(node.book) ? 'not-live' : node.volatility === null ? 'unknown' : '';
        path.setAttribute('class', `node ${style}`);
        path.setAttribute('d', nodeShape(node.book, radius));
        path.style.fill = style === '' ? volatilityColour(node.volatility) : '';
        text.textContent = few || near.has(node.id) ? name(node) : '';
        text.setAttribute('x', radius + 4);
        title.textContent = `${node.id}: ${node.book}, volatility ${percent(node.volatility)}`;
      });
  }

  #point(id) {
    this.#pointed = id;
    this.#draw();
    this.#place();
  }

  // Of a large graph what has to do with one symbol can be seen only if the rest steps back.
  #near(id) {
    const near = new Set(this.#nodes.filter((node) => node.id === id).map((node) => node.id));
    for (const { source, target } of this.#edges) {
      if (source.id === id || target.id === id) {
        near.add(source.id).add(target.id);
      }
    }
    return near;
  }

  #place() {
    const { x, y, k } = this.#view;
    const at = (node) => [x + k * node.x, y + k * node.y];
    this.#lines.selectAll('g').each((edge, i, all) => {
      const [x1, y1] = at(edge.source);
      const [x2, y2] = at(edge.target);
      for (const line of [...all[i].children].slice(0, 3)) {
        line.setAttribute('x1', x1);
        line.setAttribute('y1', y1);
        line.setAttribute('x2', x2);
        line.setAttribute('y2', y2);
      }
    });
    this.#marks.selectAll('g').attr('transform', (node) => `translate(${at(node)})`);
  }
}
