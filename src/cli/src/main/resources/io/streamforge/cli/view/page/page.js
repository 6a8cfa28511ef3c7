// Listens to what is new, and hands it to those who show it.
import { Charts } from './charts.js';
import { GraphDrawing } from './graph.js';
import { dateTime } from './numbers.js';
import { drawLegend } from './scales.js';
import { describe } from './status.js';
import { SymbolTable } from './symbol-table.js';

const GONE_US = 5_000_000;

const byId = (id) => document.getElementById(id);
const table = new SymbolTable(choose);
const drawing = new GraphDrawing(choose);
const charts = new Charts();

let events = null;
let graphName = '';
let moment = { graphs: [], symbols: [], graph: null };
let status = null;
let connection = 'connecting';
let heard = performance.now();
let intervalMs = 0;
let chosen = null;
let asking = false;

function listen() {
  events?.close();
  connection = 'connecting';
  events = new EventSource(`events?graph=${encodeURIComponent(graphName)}`);
  events.addEventListener('open', () => {
    connection = 'open';
    heard = performance.now();
  });
  events.addEventListener('market', (event) => receive(JSON.parse(event.data)));
  events.addEventListener('status', (event) => {
    status = JSON.parse(event.data);
    heard = performance.now();
    showStatus();
  });
  const own = events;
  events.addEventListener('error', () => {
    connection = 'lost';
    showStatus();
    if (own.readyState === EventSource.CLOSED) {
      setTimeout(() => own === events && listen(), 3_000); // refused: it does not try again itself
    }
  });
}

function receive(news) {
  const before = moment.graph;
  if (before !== null && news.graph?.name === before.name && news.graph.time_us > before.time_us) {
    intervalMs = (news.graph.time_us - before.time_us) / 1000;
  }
  moment = news;
  heard = performance.now();
  const newestUs = Math.max(moment.graph?.time_us ?? 0, ...moment.symbols.map((s) => s.time_us));
  for (const symbol of moment.symbols) {
    const silentUs = newestUs - symbol.time_us;
    symbol.state = silentUs > GONE_US ? 'silent' : symbol.book;
  }
  table.show(moment.symbols);
  drawing.show(moment.graph);
  showHeader(newestUs);
  showSeries();
}

function showHeader(newestUs) {
  byId('chooser').hidden = moment.graphs.length < 2;
  const shown = moment.graph?.name ?? '';
  const options = byId('graphs');
  if ([...options.options].map((option) => option.value).join('\n') !== moment.graphs.join('\n')) {
    options.replaceChildren(...moment.graphs.map((name) => new Option(name, name)));
  }
  options.value = shown;
  byId('graph-title').textContent = shown === '' ? 'Graph' : `Graph “${shown}”`;
  byId('clock').textContent = newestUs > 0 ? dateTime(newestUs) : '';
  const live = moment.symbols.filter((symbol) => symbol.state === 'live').length;
  const edges = moment.graph === null ? '' : ` · ${moment.graph.num_edges} edges`;
  byId('counts').textContent = `${moment.symbols.length} symbols, ${live} live${edges}`;
}

function showStatus() {
  const heardMs = performance.now() - heard;
  const [state, spoken, more] = describe({
    connection,
    heardMs,
    status,
    intervalMs,
    symbols: moment.symbols.length,
  });
  byId('status').dataset.state = state;
  setText(byId('spoken-status'), spoken);
  setText(byId('status-detail'), more);
}

/** Leaves alone what says it already: a screen reader speaks what is set. */
function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function choose(id) {
  chosen = id;
  table.choose(id);
  drawing.choose(id);
  byId('details').hidden = id === null;
  if (id === null) {
    table.focus();
  } else {
    byId('details-title').textContent = id;
    charts.clear();
    showSeries();
    byId('details').scrollIntoView({ block: 'nearest' });
  }
}

async function showSeries() {
  const symbol = chosen;
  if (symbol === null || asking) {
    return;
  }
  asking = true;
  try {
    const answer = await fetch(`series?symbol=${encodeURIComponent(symbol)}`);
    if (answer.ok && symbol === chosen) {
      charts.show(await answer.json());
    }
  } catch {
    // the status says that the connection is lost
  } finally {
    asking = false;
  }
  if (symbol !== chosen) {
    showSeries();
  }
}

byId('graphs').addEventListener('change', (event) => {
  graphName = event.target.value;
  choose(null);
  byId('graphs').focus();
  listen();
});
byId('close').addEventListener('click', () => choose(null));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && chosen !== null) {
    choose(null);
  }
});
// A page that nobody sees need not be told, and browsers allow only a few connections.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    events?.close();
  } else {
    listen();
  }
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  drawLegend();
  drawing.show(moment.graph);
});
drawLegend();
listen();
showStatus();
setInterval(showStatus, 500);
