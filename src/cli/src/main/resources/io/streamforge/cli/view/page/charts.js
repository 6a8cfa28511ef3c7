// The last minutes of one symbol.
import { clockTime, exact, fixed, short } from './numbers.js';

const { d3 } = globalThis;

const HEIGHT = 104;
const LEFT = 52;
const RIGHT = 8;
const TOP = 6;
const BOTTOM = 18;

const plain = fixed(2);
const signed = fixed(2, { sign: true });
const percent = fixed(1, { unit: ' %', times: 100 });
const CHARTS = [
  { title: 'Mid', text: exact, lines: [['mid', '']] },
  { title: 'Spread, bp', text: plain, zero: true, lines: [['spread_bps', '']] },
  {
    title: 'Book imbalance',
    text: signed,
    range: [-1, 1],
    lines: [['imbalance_1', '1 level'], ['imbalance_5', '5'], ['imbalance_20', '20']],
  },
  {
    title: 'Depth within 10 bp',
    text: short,
    zero: true,
    lines: [['depth_bid_10bps', 'bid'], ['depth_ask_10bps', 'ask']],
  },
  {
    title: 'Volatility',
    text: percent,
    axis: fixed(0, { unit: ' %', times: 100 }),
    zero: true,
    lines: [['volatility_1m', '1 min'], ['volatility_5m', '5 min'], ['ewma_volatility', 'EWMA']],
  },
  { title: 'Order-flow imbalance, 1 min', text: signed, lines: [['ofi_normalised_1m', '']] },
  { title: 'Trade imbalance, 1 min', text: signed, range: [-1, 1], lines: [['trade_imbalance_1m', '']] },
  {
    title: 'Bought less sold, a second',
    text: short,
    bars: true,
    lines: [['signed_volume', '']],
  },
];

export class Charts {
  #data = null;
  #place = null; // among the times, null for the newest
  #root = d3.select('#charts');

  constructor() {
    const figures = this.#root.selectAll('figure').data(CHARTS).join('figure');
    const caption = figures.append('figcaption');
    caption.append('span').attr('class', 'title').text((chart) => chart.title);
    caption
      .selectAll('.value')
      .data((chart) => chart.lines.map(([feature, label], i) => ({ chart, feature, label, i })))
      .join('span')
      .attr('class', (line) => `value series-${line.i}`)
      .attr('data-feature', (line) => line.feature);
    const svg = figures.append('svg').attr('aria-hidden', 'true');
    for (const part of ['grid', 'times', 'bars', 'lines']) {
      svg.append('g').attr('class', part);
    }
    svg.append('line').attr('class', 'cross').attr('y1', TOP).attr('y2', HEIGHT - BOTTOM);
    svg.on('pointermove', (event) => this.#point(event)).on('pointerleave', () => this.#go(null));
    this.#root.on('keydown', (event) => this.#walk(event));
    new ResizeObserver(() => this.#draw()).observe(this.#root.node());
  }

  clear() {
    this.#data = null;
    this.#place = null;
    this.#root.selectAll('svg g > *').remove();
    this.#root.selectAll('.value').text('');
  }

  show(data) {
    this.#data = data;
    this.#draw();
  }

  #point(event) {
    if (this.#data !== null) {
      const us = this.#times(event.currentTarget.clientWidth).invert(d3.pointer(event)[0]);
      this.#go(d3.bisectCenter(this.#data.times_us, us));
    }
  }

  #walk(event) {
    const last = (this.#data?.times_us.length ?? 0) - 1;
    const here = this.#place ?? last;
    const to = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last }[event.key];
    if (to !== undefined && last >= 0) {
      event.preventDefault();
      this.#go(to >= last ? null : Math.max(to, 0));
    }
  }

  #go(place) {
    this.#place = place;
    this.#cross();
  }

  // A minute at least, so that the first seconds are not drawn out.
  #times(width) {
    const last = this.#data.times_us.at(-1);
    const first = Math.min(this.#data.times_us[0], last - 60e6);
    return d3.scaleLinear([first, last], [LEFT, width - RIGHT]);
  }

  #draw() {
    if (this.#data === null || this.#data.times_us.length === 0) {
      return;
    }
    this.#root.selectAll('svg').each((chart, i, all) => this.#drawChart(chart, all[i]));
    this.#cross();
  }

  #values(chart) {
    const all = chart.lines.flatMap(([feature]) => this.#data.series[feature]);
    const [least, most] = d3.extent(all.filter((value) => value !== null));
    if (chart.range !== undefined) {
      return d3.scaleLinear(chart.range, [HEIGHT - BOTTOM, TOP]);
    }
    const low = chart.zero || chart.bars ? Math.min(0, least ?? 0) : (least ?? 0);
    const high = chart.zero || chart.bars ? Math.max(0, most ?? 1) : (most ?? 1);
    const room = low === high ? Math.abs(low) * 1e-4 || 1 : 0;
    return d3.scaleLinear([low - room, high + room], [HEIGHT - BOTTOM, TOP]).nice(3);
  }

  #drawChart(chart, element) {
    const width = element.clientWidth;
    const svg = d3.select(element);
    const times = this.#times(width);
    const values = this.#values(chart);
    this.#drawAxes(svg, times, values, width, chart.axis);
    const line = d3
      .line((value, i) => times(this.#data.times_us[i]), values)
      .defined((value) => value !== null);
    svg
      .select('.lines')
      .selectAll('path')
      .data(chart.bars ? [] : chart.lines)
      .join('path')
      .attr('class', (pair, i) => `series-${i}`)
      .attr('d', ([feature]) => line(this.#data.series[feature]));
    const traded = chart.bars
      ? d3.zip(this.#data.times_us, this.#data.series[chart.lines[0][0]]).filter(([, value]) => value)
      : [];
    svg
      .select('.bars')
      .selectAll('line')
      .data(traded)
      .join('line')
      .attr('class', ([, value]) => (value > 0 ? 'bought' : 'sold'))
      .attr('x1', ([us]) => times(us))
      .attr('x2', ([us]) => times(us))
      .attr('y1', values(0))
      .attr('y2', ([, value]) => values(value));
  }

  #drawAxes(svg, times, values, width, axis) {
    const ticks = values.ticks(3);
    const decimals = values.tickFormat(3);
    const grid = svg.select('.grid').selectAll('g').data(ticks).join((enter) => {
      const tick = enter.append('g');
      tick.append('line').attr('x1', LEFT);
      tick.append('text').attr('x', LEFT - 5).attr('dy', '0.32em');
      return tick;
    });
    grid.attr('transform', (value) => `translate(0, ${values(value)})`);
    grid.classed('zero', (value) => value === 0);
    grid.select('line').attr('x2', width - RIGHT);
    const large = d3.max(ticks, Math.abs) >= 1e6;
    grid.select('text').text(axis ?? (large ? d3.format('.3~s') : decimals));
    const minutes = d3.range(
      Math.ceil(times.domain()[0] / 60e6) * 60e6,
      times.domain()[1] + 1,
      60e6,
    );
    svg
      .select('.times')
      .selectAll('text')
      .data(minutes)
      .join('text')
      .attr('x', (us) => Math.min(Math.max(times(us), LEFT + 10), width - RIGHT - 14))
      .attr('y', HEIGHT - 4)
      .text((us) => clockTime(us).slice(0, 5));
  }

  #cross() {
    if (this.#data === null) {
      return;
    }
    const { times_us: all, series } = this.#data;
    const place = Math.min(this.#place ?? all.length - 1, all.length - 1);
    d3.select('#details-time').text(clockTime(all[place]));
    this.#root.selectAll('.value').text(({ chart, feature, label }) =>
      `${label} ${chart.text(series[feature][place])}`.trim());
    this.#root
      .selectAll('.cross')
      .style('display', this.#place === null ? 'none' : null)
      .each((chart, i, crosses) => {
        const x = this.#times(crosses[i].ownerSVGElement.clientWidth)(all[place]);
        d3.select(crosses[i]).attr('x1', x).attr('x2', x);
      });
  }
}
