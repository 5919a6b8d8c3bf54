/** Who used the network when: the chart, its legend, and the time that is dragged out of it. */

import { put, watch, get as state } from './store.js';
import { byId, el, fillChoice, setText } from './dom.js';
import { amount, moment, nameOf, rate, span, time } from './format.js';
import { historyBands, liveBands } from './bands.js';
import { loadPeriod } from './live.js';
import { Plot } from './plot.js';
import { RANGES, rangeNamed } from './queries.js';
import { seriesClass } from './palette.js';

const DIRECTIONS = [
  { value: 'both', label: 'Both' },
  { value: 'rx', label: 'Received' },
  { value: 'tx', label: 'Sent' },
];

const WATCHED = ['samples', 'history', 'range', 'direction', 'units', 'theme', 'selection'];

let plot;
let drawn; // what is shown now
let hovered; // index of the time under the cursor
let anchor; // index where a selection by keyboard began
let legend = { made: undefined, values: [] };
const legendTime = el('li', { class: 'muted when' });
const drawListeners = [];

export function startChart() {
  fillChoice(byId('range'), 'range', RANGES, state().range, chooseRange);
  fillChoice(byId('direction'), 'direction', DIRECTIONS, state().direction, (direction) =>
    put({ direction }),
  );
  const container = byId('chart');
  container.tabIndex = 0;
  container.setAttribute('role', 'group');
  container.addEventListener('keydown', onKey);
  plot = new Plot(container, { onSelect: select, onHover: hover, onDraw: tellDrawn });
  watch(WATCHED, show);
  watch(['selection'], showBadge);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => show(state()));
}

/** Who draws along the chart's time axis. */
export function whenDrawn(listener) {
  drawListeners.push(listener);
}

function tellDrawn() {
  queueMicrotask(() => drawListeners.forEach((listener) => listener(plot, drawn.span)));
}

function chooseRange(range) {
  put({ range, selection: undefined, history: undefined });
  loadPeriod();
}

/** Shows a time apart: the table and the totals follow. */
function select(selection) {
  put({ selection });
  loadPeriod();
}

function show(now) {
  if (now.session === undefined || byId('overview').hidden) {
    return;
  }
  if (now.range === 'live') {
    draw(liveBands(now), now);
  } else if (now.history !== undefined) {
    draw(historyBands(now), now);
  }
}

function draw(bands, { units, selection, range }) {
  drawn = { ...bands, units };
  hovered = hovered < drawn.times.length ? hovered : undefined;
  plot.show({ ...drawn, selection });
  byId('chart').setAttribute('aria-label', description(range));
  showLegend();
}

function description(range) {
  const shown = range === 'live' ? 'the last minutes' : `the last ${rangeNamed(range).label}`;
  return (
    `Chart of ${shown} by user; the table below has the figures. Drag, or use the arrow keys with` +
    ' Shift, to choose a time; Escape shows all of it again.'
  );
}

/** Its links stay while the figures change, for they may have the focus. */
function showLegend() {
  const made = drawn.bands.map(({ row }) => `${row?.uid} ${seriesClass(row?.uid)}`).join();
  if (made !== legend.made) {
    legend = { made, values: drawn.bands.map(() => el('span', { class: 'muted number' })) };
    byId('legend').replaceChildren(...drawn.bands.map(legendItem), legendTime);
  }
  drawn.bands.forEach(({ values }, i) => setText(legend.values[i], legendValue(values)));
  setText(legendTime, drawn.perSecond ? rateTime() : bucketTime());
}

function legendItem({ row }, i) {
  const name = row === undefined ? 'all others' : nameOf(row);
  return el(
    'li',
    {},
    el('span', { class: `dot ${seriesClass(row?.uid)}`, 'aria-hidden': 'true' }),
    row === undefined
      ? el('span', {}, name)
      : el('a', { href: `#uid=${row.uid}` }, el('bdi', {}, name)),
    legend.values[i],
  );
}

/** Under the cursor; else the last rate, or the sum of the buckets. */
function legendValue(values) {
  const { perSecond, units } = drawn;
  if (perSecond) {
    return rate(values[hovered ?? values.length - 1] ?? 0, units);
  }
  const bytes =
    hovered === undefined ? values.reduce((sum, value) => sum + value, 0) : values[hovered];
  return amount(bytes ?? 0, units);
}

function rateTime() {
  return hovered === undefined ? 'now' : time(drawn.times[hovered]);
}

function bucketTime() {
  return hovered === undefined
    ? 'in all'
    : `${moment(drawn.times[hovered])}, ${rangeNamed(state().range).bucket}`;
}

function hover(index) {
  if (index !== hovered && drawn !== undefined) {
    hovered = index;
    showLegend();
  }
}

function showBadge({ selection }) {
  byId('period-badge').replaceChildren(
    ...(selection === undefined
      ? []
      : [
          el(
            'button',
            {
              type: 'button',
              class: 'badge',
              'aria-label': `Only ${span(selection.from, selection.to)}. Show all`,
              onclick: () => select(undefined),
            },
            el('span', {}, span(selection.from, selection.to)),
            el('span', { 'aria-hidden': 'true' }, '✕'),
          ),
        ]),
  );
}

function onKey(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.key === 'Escape') {
    select(undefined);
  } else if (step !== undefined && drawn?.times.length > 0) {
    event.preventDefault();
    moveCursor(step, event.shiftKey);
  }
}

function moveCursor(step, extend) {
  const last = drawn.times.length - 1;
  const from = hovered ?? last;
  const to = Math.min(Math.max(from + step, 0), last);
  anchor = extend ? (anchor ?? from) : undefined;
  plot.moveCursor(to);
  if (extend && anchor !== to) {
    const [start, end] = [Math.min(anchor, to), Math.max(anchor, to)];
    select({ from: drawn.times[start], to: drawn.times[end] });
  }
}
