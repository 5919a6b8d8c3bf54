/** The page of one user: how much, when and over what; whether it may, why, and what if. */

import { ask } from './api.js';
import { get as state, put, seesAll, watch } from './store.js';
import { byId, el, fillChoice, refill, setText } from './dom.js';
import {
  amount,
  amountParts,
  count,
  day,
  moment,
  month,
  nameOf,
  plain,
  rate,
  words,
} from './format.js';
import { chainGrid } from './rules.js';
import { interfaceBands } from './bands.js';
import { Plot } from './plot.js';
import { reasonWords, standing } from './reasons.js';
import { verdictCard } from './verdict.js';

const RESOLUTIONS = [
  { value: '5m', label: '5 min', from: '-24h' },
  { value: '1h', label: 'Hours', from: '-7d' },
  { value: '1d', label: 'Days', from: '-90d' },
  { value: '1mo', label: 'Months', from: '-3y' },
];

const TOTALS = [
  { label: '24 hours', from: '-24h' },
  { label: '30 days', from: '-30d' },
  { label: 'A year', from: '-1y' },
];

let parts; // of the page that is open
let resolution = '1h';

export function startUidPage() {
  watch(['page', 'session'], open);
  watch(['samples', 'units'], showNow);
  watch(['policies'], showStanding);
  watch(['snapshots'], load);
  watch(['chains'], showChains);
  watch(['visit', 'units', 'theme'], showVisit);
}

function open({ page, session }) {
  if (page.name !== 'uid' || session?.role === undefined || parts?.uid === page.uid) {
    parts = page.name === 'uid' ? parts : undefined;
    return;
  }
  parts = build(page.uid);
  byId('uid').replaceChildren(...parts.sections);
  parts.title.focus();
  put({ visit: undefined });
  load();
  showStanding(state());
}

function build(uid) {
  const title = el('h1', { tabindex: '-1' }, `UID ${uid}`);
  const facts = el('p', { class: 'muted' });
  const chip = el('span');
  const tiles = el('section', { class: 'tiles', 'aria-label': 'Totals' });
  const chart = el('div', { class: 'chart', role: 'img' });
  const legend = el('ul', { class: 'legend', 'aria-label': 'Interfaces in the chart' });
  const choice = el(
    'fieldset',
    { class: 'segments' },
    el('legend', { class: 'hidden' }, 'Resolution'),
  );
  fillChoice(choice, 'resolution', RESOLUTIONS, resolution, chooseResolution);
  const verdict = verdictCard(uid);
  const chains = el('div');
  const drops = el('div');
  const sections = [
    el('p', { class: 'crumbs', hidden: !seesAll() }, el('a', { href: '#' }, '← All users')),
    el('div', { class: 'uid-head' }, title, chip, facts),
    tiles,
    card('History', [choice], chart, legend),
    el(
      'div',
      { class: 'columns' },
      verdict.card,
      el('div', {}, card('Chains', [], chains), card('Refused, 24 hours', [], drops)),
    ),
  ];
  const plot = new Plot(chart, { onSelect: () => {}, onHover: showLegend, onDraw: () => {} });
  return { uid, sections, title, facts, chip, tiles, chart, plot, legend, verdict, chains, drops };
}

function card(title, tools, ...content) {
  return el(
    'section',
    { class: 'card', 'aria-label': title },
    el('div', { class: 'card-head' }, el('h2', {}, title), ...tools),
    ...content,
  );
}

function chooseResolution(value) {
  resolution = value;
  load();
}

async function load() {
  if (parts === undefined) {
    return;
  }
  const { uid } = parts;
  const asked = RESOLUTIONS.find(({ value }) => value === resolution);
  const history = { uid, resolution, from: asked.from, to: 'now', by: 'iface' };
  const [document, totals, buckets, drops] = await Promise.all([
    ask(`/v1/uids/${uid}`),
    Promise.all(TOTALS.map(({ from }) => ask('/v1/usage/summary', { uid, from, to: 'now' }))),
    ask('/v1/usage/history', history),
    ask('/v1/firewall/drops', { uid }),
  ]);
  if (parts?.uid === uid) {
    put({ visit: { document, totals, buckets, drops } });
  }
}

function showStanding() {
  if (parts !== undefined) {
    parts.verdict.load();
    load();
  }
}

function showVisit({ visit, units }) {
  if (parts === undefined || visit === undefined) {
    return;
  }
  const { document, totals, buckets, drops } = visit;
  setText(parts.title, nameOf(document));
  setText(parts.facts, describe(document));
  const { level, text } = standing(document);
  parts.chip.className = `verdict-chip ${level}`;
  setText(parts.chip, text);
  parts.tiles.replaceChildren(
    nowTile(),
    ...totals.map((total, i) => totalTile(TOTALS[i].label, total, units)),
  );
  parts.drops.replaceChildren(dropTable(drops, units));
  parts.bands = interfaceBands(buckets);
  parts.plot.show({ ...parts.bands, units });
  parts.chart.setAttribute('aria-label', `History of ${nameOf(document)} by interface`);
  showLegend(undefined);
  showNow(state());
  showChains(state());
}

/** Lists are for those who see everybody. */
function showChains({ visit, chains }) {
  if (parts !== undefined && visit !== undefined) {
    refill(parts.chains, chainGrid(visit.document));
    parts.chains.parentElement.hidden = chains.length === 0;
  }
}

function describe({ uid, set, processState, idle, policy, counters }) {
  return [
    `UID ${uid}`,
    `counts as ${words(set)}`,
    processState && `processes: ${words(processState)}`,
    idle && 'idle',
    policy !== 'NONE' && words(policy),
    `${counters} ${counters === 1 ? 'counter' : 'counters'} in use`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function nowTile() {
  parts.now = el('div', { class: 'figures' });
  return el('article', { class: 'tile' }, el('h2', {}, 'Now'), parts.now);
}

function showNow({ samples, units }) {
  if (parts?.now === undefined) {
    return;
  }
  const row = samples.at(-1)?.rows.get(parts.uid);
  const figures = [
    `↓ ${rate(row?.rxBytesPerSecond ?? 0, units)}`,
    `↑ ${rate(row?.txBytesPerSecond ?? 0, units)}`,
  ];
  parts.now.replaceChildren(...figures.map((text) => el('span', { class: 'figure small' }, text)));
}

function totalTile(label, { total }, units) {
  const [number, unit] = amountParts(total.rxBytes + total.txBytes, units);
  return el(
    'article',
    { class: 'tile' },
    el('h2', {}, label),
    el(
      'div',
      { class: 'figures' },
      el(
        'span',
        { class: 'figure' },
        el('span', { class: 'number' }, number),
        el('span', { class: 'unit' }, ` ${unit}`),
      ),
    ),
    el(
      'p',
      { class: 'note' },
      `↓ ${amount(total.rxBytes, units)}  ↑ ${amount(total.txBytes, units)}`,
    ),
  );
}

function showLegend(index) {
  if (parts?.bands === undefined) {
    return;
  }
  const { times, bands } = parts.bands;
  const { units } = state();
  const value = (values) =>
    index === undefined ? values.reduce((sum, bytes) => sum + bytes, 0) : values[index];
  parts.legend.replaceChildren(
    ...bands.map(({ name, seriesClass, values }) =>
      el(
        'li',
        {},
        el('span', { class: `dot ${seriesClass}`, 'aria-hidden': 'true' }),
        el('bdi', {}, plain(name)),
        el('span', { class: 'muted number' }, amount(value(values), units)),
      ),
    ),
    el('li', { class: 'muted when' }, index === undefined ? 'in all' : bucketName(times[index])),
  );
}

function bucketName(time) {
  return ({ '1d': day, '1mo': month }[resolution] ?? moment)(time);
}

function dropTable({ rows, total }, units) {
  if (rows.length === 0) {
    return el('p', { class: 'muted' }, 'Nothing was refused.');
  }
  return el(
    'table',
    { class: 'plain-table' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        ...['Reason', 'Of', 'Times', 'Bytes'].map((text) => el('th', { scope: 'col' }, text)),
      ),
    ),
    el('tbody', {}, ...rows.map((row) => dropLine(row, units))),
    el('tfoot', {}, dropSum(total, units)),
  );
}

function dropLine(row, units) {
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, reasonWords(row.reason)),
    el('td', {}, words(row.direction)),
    el('td', { class: 'figure' }, count(row.packets)),
    el('td', { class: 'figure' }, amount(row.bytes, units)),
  );
}

function dropSum({ packets, bytes }, units) {
  return el(
    'tr',
    {},
    el('th', { scope: 'row', colspan: 2 }, 'In all'),
    el('td', { class: 'figure' }, count(packets)),
    el('td', { class: 'figure' }, amount(bytes, units)),
  );
}
