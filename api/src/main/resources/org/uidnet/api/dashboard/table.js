/** The table of users. Its rows stay while figures change, so that focus and pointer do. */

import { get as state, mayChange, put, watch } from './store.js';
import { byId, el, setText } from './dom.js';
import { amount, count, rate } from './format.js';
import { matches, sorted, totals, usersOf } from './users.js';
import { periodWords } from './queries.js';
import { Row } from './row.js';

const COLUMNS = [
  { label: 'User', sort: 'name', class: 'user' },
  { label: 'Activity', class: 'activity' },
  { label: '↓ now', sort: 'down', class: 'figure now' },
  { label: '↑ now', sort: 'up', class: 'figure now' },
  { label: 'Received', sort: 'received', class: 'figure received' },
  { label: 'Sent', sort: 'sent', class: 'figure sent' },
  { label: 'Share', sort: 'total', class: 'share' },
  { label: 'Verdict', sort: 'verdict', class: 'verdict' },
  { label: 'Block', class: 'rule' },
  { label: 'Metered', class: 'rule' },
  { label: 'Chains', class: 'more' },
];

const WATCHED = [
  'usage',
  'uids',
  'chains',
  'samples',
  'units',
  'search',
  'sort',
  'selection',
  'range',
  'session',
];

const FIRST_SHOWN = 50;

const rows = new Map();
let body;
let foot;
let all;
let headings;
let showsAll = false;
let order; // by which the rows stand

export function startTable() {
  headings = COLUMNS.map(heading);
  body = el('tbody');
  foot = el('tr', { class: 'totals' });
  all = el('button', { type: 'button', class: 'plain show-all', onclick: showAll });
  const table = el(
    'table',
    { class: 'users', 'aria-labelledby': 'users-title users-period' },
    el('thead', {}, el('tr', {}, ...headings)),
    body,
    el('tfoot', {}, foot),
  );
  byId('users').replaceChildren(table, all);
  startSearch();
  watch(WATCHED, show);
}

function heading(column) {
  const { label, sort } = column;
  const content = sort
    ? el('button', { type: 'button', onclick: () => sortBy(sort) }, label)
    : label;
  return el('th', { scope: 'col', class: column.class }, content);
}

function sortBy(by) {
  const { sort } = state();
  const descending = sort.by === by ? !sort.descending : by !== 'name';
  put({ sort: { by, descending } });
}

function startSearch() {
  const field = byId('search');
  field.addEventListener('input', () => put({ search: field.value }));
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !event.target.matches('input, select, textarea')) {
      event.preventDefault();
      field.focus();
    }
  });
}

function showAll() {
  showsAll = true;
  show(state());
}

function show(now) {
  if (byId('overview').hidden) {
    return;
  }
  byId('users').classList.toggle('reader', !mayChange());
  const everybody = usersOf(now);
  const found = everybody.filter((user) => matches(user, now.search));
  const shown = firstOf(inOrder(found, now.sort), now.search);
  const sums = totals(found);
  showRows(shown, sums, now);
  showTotals(found.length, everybody.length, sums, now);
  showSort(now.sort);
  setText(byId('users-period'), periodWords(now));
  all.hidden = shown.length === found.length;
  setText(all, `Show all ${count(found.length)}`);
}

/** Who was quiet and is on no list is shown when asked for, by name or by the button. */
function firstOf(users, search) {
  const wanted = showsAll || search !== '';
  return wanted ? users : users.filter(isOfNote).slice(0, FIRST_SHOWN);
}

function isOfNote({ rx, tx, now, uid }) {
  return rx + tx > 0 || now !== undefined || state().chains.some(({ uids }) => uids.includes(uid));
}

/** While somebody points at the table, rows do not move away under the pointer. */
function inOrder(users, sort) {
  const wanted = sorted(users, sort);
  const stay = sort === order && body.matches(':hover, :focus-within');
  order = sort;
  return stay ? asTheyStand(wanted) : wanted;
}

/** Who is new comes last. */
function asTheyStand(users) {
  const byKey = new Map(users.map((user) => [user.key, user]));
  const standing = [...rows.keys()].map((key) => byKey.get(key)).filter(Boolean);
  return [...standing, ...users.filter(({ key }) => !rows.has(key))];
}

function showRows(users, sums, now) {
  const before = new Map(rows);
  rows.clear();
  users.forEach((user) => rows.set(user.key, before.get(user.key) ?? new Row()));
  before.forEach((row, key) => rows.has(key) || row.remove());
  let place = body.firstElementChild;
  for (const user of users) {
    const row = rows.get(user.key);
    row.show(user, sums, now);
    place = row.standBefore(place, body);
  }
}

function showTotals(found, everybody, sums, { units }) {
  const of = found === everybody ? '' : ` of ${count(everybody)}`;
  const who = `${count(found)}${of} ${everybody === 1 ? 'user' : 'users'}`;
  const figures = [
    rate(sums.down, units),
    rate(sums.up, units),
    amount(sums.rx, units),
    amount(sums.tx, units),
  ];
  foot.replaceChildren(
    el('th', { scope: 'row', class: 'user' }, who),
    el('td', { class: 'activity' }),
    ...figures.map((text, i) => el('td', { class: COLUMNS[i + 2].class }, text)),
    el('td', { class: 'share', colspan: COLUMNS.length - figures.length - 2 }),
  );
}

function showSort({ by, descending }) {
  COLUMNS.forEach(({ sort }, i) => {
    if (sort === by) {
      headings[i].setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    } else {
      headings[i].removeAttribute('aria-sort');
    }
  });
}
