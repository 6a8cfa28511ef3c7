// What colours, shapes and widths mean, and the legend that says so.
import { fixed } from './numbers.js';

const { d3 } = globalThis;
const percent = fixed(0, { unit: ' %', times: 100 });

// Grows and never shrinks, so that a colour keeps its meaning from one second to the next.
const volatilities = [0.1, 1];

const steps = (from, to) => {
  const all = [];
  for (let decade = 1e-4; decade < 1e4; decade *= 10) {
    all.push(decade, 2 * decade, 5 * decade);
  }
  return all.filter((step) => step >= from && step <= to * 1.001);
};

/** Makes room for what there is to show; says whether the scale has changed. */
export function includeVolatilities(values) {
  const positive = values.filter((value) => value !== null && value > 0);
  const all = steps(0, Infinity);
  const least = all.findLast((step) => step <= d3.min(positive)) ?? volatilities[0];
  const most = all.find((step) => step >= d3.max(positive)) ?? volatilities[1];
  const changed = least < volatilities[0] || most > volatilities[1];
  volatilities[0] = Math.min(volatilities[0], least);
  volatilities[1] = Math.max(volatilities[1], most);
  return changed;
}

/** Cividis: the same to all kinds of colour vision. */
export function volatilityColour(value) {
  const place = d3.scaleLog(volatilities, [0, 1]).clamp(true);
  return d3.interpolateCividis(place(Math.max(value, 1e-9)));
}

let diverging = null;

/** By the theme's colours, which {@link drawLegend} looks up. */
export function correlationColour(value) {
  return diverging(value);
}

function lookUpColours() {
  const theme = getComputedStyle(document.documentElement);
  diverging = d3
    .scaleLinear(
      [-1, 0, 1],
      ['--negative', '--no-correlation', '--positive'].map((name) => theme.getPropertyValue(name).trim()),
    )
    .clamp(true);
}

export const correlationWidth = d3.scaleLinear([0, 1], [0.8, 5]).clamp(true);

export const isLive = (book) => book === 'live';

/** A circle, or a square where the book is not live. */
export function nodeShape(book, radius) {
  const area = Math.PI * radius * radius;
  return d3.symbol(isLive(book) ? d3.symbolCircle : d3.symbolSquare, area)();
}

function key(parent, text, draw) {
  const item = parent.append('span').attr('class', 'key');
  draw(item.append('svg').attr('width', 30).attr('height', 16).attr('aria-hidden', 'true'));
  item.append('span').text(text);
}

const line = (value, dashed) => (svg) =>
  svg
    .append('line')
    .attr('class', dashed ? 'edge negative' : 'edge')
    .attr('x1', 1)
    .attr('x2', 29)
    .attr('y1', 8)
    .attr('y2', 8)
    .style('stroke', correlationColour(value))
    .style('stroke-width', correlationWidth(Math.abs(value)));

const node = (book, style) => (svg) =>
  svg
    .append('path')
    .attr('class', `node ${style}`)
    .attr('transform', 'translate(15, 8)')
    .attr('d', nodeShape(book, 6));

export function drawLegend() {
  lookUpColours();
  const legend = d3.select('#legend');
  legend.selectAll('*').remove();
  const ramp = legend.append('span').attr('class', 'key');
  ramp.append('span').text(`volatility, 1 min: ${percent(volatilities[0])}`);
  const colours = ramp.append('svg').attr('width', 90).attr('height', 10).attr('aria-hidden', 'true');
  d3.range(30).forEach((i) =>
    colours
      .append('rect')
      .attr('x', i * 3)
      .attr('width', 3.5)
      .attr('height', 10)
      .style('fill', d3.interpolateCividis(i / 29)));
  ramp.append('span').text(percent(volatilities[1]));
  key(legend, 'no volatility yet', node('live', 'unknown'));
  key(legend, 'book not live', node('gap', 'not-live'));
  key(legend, 'correlation +1', line(1, false));
  key(legend, '0', line(0, false));
  key(legend, '−1', line(-1, true));
  key(legend, 'in the spanning tree', (svg) => {
    const tree = svg.append('g');
    tree
      .append('line')
      .attr('class', 'casing')
      .attr('x1', 1)
      .attr('x2', 29)
      .attr('y1', 8)
      .attr('y2', 8)
      .style('stroke-width', correlationWidth(0.6) + 3.5);
    line(0.6, false)(tree);
  });
}
