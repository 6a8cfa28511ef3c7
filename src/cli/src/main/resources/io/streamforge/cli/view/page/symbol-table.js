// The table of symbols: sorted by any column, walked and chosen from by keyboard.
import { DASH, exact, fixed } from './numbers.js';

const { d3 } = globalThis;

const bp = (digits) => fixed(digits, { sign: true });
const COLUMNS = [
  { name: 'Symbol', of: (s) => s.id, text: String },
  { name: 'Book', of: (s) => s.state, text: String },
  { name: 'Mid', of: (s) => s.mid, text: exact },
  { name: '1 min bp', of: (s) => s.return_1m_bps, text: bp(1), title: 'return over a minute, basis points' },
  { name: 'Spread bp', of: (s) => s.spread_bps, text: fixed(2), title: 'basis points of the mid' },
  { name: 'Imbalance', of: (s) => s.imbalance_5, text: bp(2), title: 'of the best five levels, −1 to 1' },
  { name: 'Volatility', of: (s) => s.volatility_1m, text: fixed(1, { unit: ' %', times: 100 }), title: 'of a minute, a year' },
  { name: '5 min', of: (s) => s.volatility_5m, text: fixed(1, { unit: ' %', times: 100 }), title: 'volatility of five minutes, a year' },
  { name: 'Trades', of: (s) => s.trades, text: fixed(0), title: 'in the last second' },
  { name: 'Flow', of: (s) => s.trade_imbalance_1m, text: bp(2), title: 'bought less sold, of all traded in a minute, −1 to 1' },
];
const TEXTS = 2; // columns that are no numbers

// Missing values last, whichever way it is sorted.
function order(column, descending) {
  const { of } = COLUMNS[column];
  const compare = descending ? d3.descending : d3.ascending;
  return (a, b) =>
    (of(a) === null) - (of(b) === null) || compare(of(a), of(b)) || d3.ascending(a.id, b.id);
}

export class SymbolTable {
  #symbols = [];
  #column = 0;
  #descending = false;
  #found = '';
  #chosen = null;
  #current = null;
  #choose;
  #body = d3.select('#symbols tbody');

  constructor(choose) {
    this.#choose = choose;
    d3.select('#symbols thead')
      .append('tr')
      .selectAll('th')
      .data(COLUMNS)
      .join('th')
      .attr('scope', 'col')
      .append('button')
      .attr('type', 'button')
      .attr('title', (column) => column.title ?? null)
      .text((column) => column.name)
      .on('click', (event, column) => this.#sort(COLUMNS.indexOf(column)));
    d3.select('#find').on('input', (event) => {
      this.#found = event.target.value.toLowerCase();
      this.#draw();
    });
    this.#body
      .on('keydown', (event) => this.#walk(event))
      .on('focusin', (event) => this.#stepTo(d3.select(event.target.closest('tr')).datum().id));
    this.#draw();
  }

  show(symbols) {
    this.#symbols = symbols;
    this.#draw();
  }

  choose(id) {
    this.#chosen = id;
    this.#current = id ?? this.#current;
    this.#draw();
  }

  /** Back to where the keyboard was. */
  focus() {
    this.#body.select('button[tabindex="0"]').node()?.focus();
  }

  // Numbers begin with the largest, which is what one looks for.
  #sort(column) {
    this.#descending = column === this.#column ? !this.#descending : column >= TEXTS;
    this.#column = column;
    this.#draw();
  }

  #stepTo(id) {
    this.#current = id;
    this.#body.selectAll('tr').select('button').attr('tabindex', (s) => (s.id === id ? 0 : -1));
  }

  #walk(event) {
    const rows = this.#body.selectAll('tr').nodes();
    const here = rows.indexOf(event.target.closest('tr'));
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      rows[Math.min(Math.max(to, 0), rows.length - 1)].querySelector('button').focus();
    }
  }

  #draw() {
    const shown = this.#symbols
      .filter((symbol) => symbol.id.toLowerCase().includes(this.#found))
      .sort(order(this.#column, this.#descending));
    if (!shown.some((symbol) => symbol.id === this.#current)) {
      this.#current = shown[0]?.id ?? null;
    }
    d3.selectAll('#symbols th').attr('aria-sort', (column, i) =>
      i !== this.#column ? null : this.#descending ? 'descending' : 'ascending');
    const focused = document.activeElement;
    this.#body
      .selectAll('tr')
      .data(shown, (symbol) => symbol.id)
      .join((enter) => this.#row(enter))
      .order()
      .attr('data-book', (symbol) => (symbol.state === 'live' ? 'live' : 'not-live'))
      .attr('data-chosen', (symbol) => (symbol.id === this.#chosen ? '' : null))
      .each((symbol, i, rows) => this.#fill(rows[i], symbol));
    if (focused !== document.activeElement && this.#body.node().contains(focused)) {
      focused.focus(); // a row that moves loses it
    }
  }

  #row(enter) {
    const row = enter.append('tr').on('click', (event, symbol) => this.#choose(symbol.id));
    row.append('th').attr('scope', 'row').append('button').attr('type', 'button');
    row.selectAll('td').data(COLUMNS.slice(1)).join('td');
    return row;
  }

  #fill(row, symbol) {
    const button = row.cells[0].firstChild;
    button.tabIndex = symbol.id === this.#current ? 0 : -1;
    button.ariaPressed = String(symbol.id === this.#chosen);
    COLUMNS.forEach((column, i) => {
      const cell = i === 0 ? button : row.cells[i];
      const value = column.of(symbol);
      const text = value === null ? DASH : column.text(value);
      if (cell.textContent !== text) {
        cell.textContent = text;
      }
    });
  }
}
