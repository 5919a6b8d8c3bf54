/** What is asked of the daemon, and put into the store. */

import { ask, askAll } from './api.js';
import { get as state, put } from './store.js';
import { span } from './format.js';

/** Times that the chart can show; `live` is drawn from the stream instead. */
export const RANGES = [
  { value: 'live', label: 'Live' },
  { value: '6h', label: '6 h', resolution: '5m', bucket: 'in 5 minutes' },
  { value: '24h', label: '24 h', resolution: '5m', bucket: 'in 5 minutes' },
  { value: '7d', label: '7 d', resolution: '1h', bucket: 'in an hour' },
  { value: '30d', label: '30 d', resolution: '1d', bucket: 'in a day' },
  { value: '1y', label: '1 y', resolution: '1d', bucket: 'in a day' },
];

/** As many users have a colour of their own in the chart. */
export const BANDS = 8;

const MARKS = 100;

export const rangeNamed = (name) => RANGES.find(({ value }) => value === name);

/** The host's clock: ours may differ, and in a simulation it runs faster. */
export async function loadClock() {
  const { to } = await ask('/v1/usage/summary', { from: 'now', to: 'now', limit: 1 });
  put({ now: Date.parse(to) });
}

function midnight() {
  return new Date(state().now).setHours(0, 0, 0, 0);
}

function firstOfMonth() {
  const date = new Date(midnight());
  return date.setDate(1);
}

/** What the table shows: what is selected in the chart, else the chart's range; live: today. */
function period() {
  const { selection, range } = state();
  if (selection) {
    return { from: selection.from, to: selection.to };
  }
  return range === 'live' ? { from: midnight(), to: 'now' } : { from: `-${range}`, to: 'now' };
}

/** The same in words. */
export function periodWords({ selection, range }) {
  if (selection !== undefined) {
    return span(selection.from, selection.to);
  }
  return range === 'live' ? 'today' : `last ${rangeNamed(range).label}`;
}

export async function loadUsage() {
  const { selection, range, samples } = state();
  if (selection && range === 'live') {
    put({ usage: { rows: usersIn(samples, selection) } });
    return;
  }
  const asked = period();
  const answer = await askAll('/v1/usage/summary', { ...asked, by: 'uid,set' }, 'rows');
  put({ usage: { ...answer, rows: byUser(answer.rows) } });
}

/** Lines of counter sets together, as one line for each user. */
function byUser(rows) {
  const users = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    const user = users.get(key) ?? { ...row, key, rx: 0, tx: 0, foreground: 0, background: 0 };
    user.rx += row.rxBytes;
    user.tx += row.txBytes;
    user[row.set === 'FOREGROUND' ? 'foreground' : 'background'] += row.rxBytes + row.txBytes;
    users.set(key, user);
  }
  return [...users.values()];
}

/** Seconds are finer than anything that is stored; they do not know foreground from background. */
function usersIn(samples, { from, to }) {
  const users = new Map();
  for (const { time, seconds, rows } of samples) {
    for (const [key, row] of time >= from && time <= to ? rows : []) {
      const user = users.get(key) ?? { ...row, key, rx: 0, tx: 0 };
      user.rx += row.rxBytesPerSecond * seconds;
      user.tx += row.txBytesPerSecond * seconds;
      users.set(key, user);
    }
  }
  return [...users.values()];
}

/** Tells users, and what is nobody's, from each other. */
export function keyOf(row) {
  return row.uid === undefined ? row.kind : row.uid;
}

/** The users who used most are told apart in the chart; the rest is the total less theirs. */
export async function loadHistory() {
  const range = rangeNamed(state().range);
  if (range.resolution === undefined) {
    put({ history: undefined });
    return;
  }
  const asked = { from: `-${range.value}`, to: 'now', resolution: range.resolution };
  const [most, total] = await Promise.all([
    ask('/v1/usage/summary', { from: asked.from, to: 'now', limit: BANDS + 4 }),
    ask('/v1/usage/history', asked),
  ]);
  const uids = most.rows.filter((row) => row.uid !== undefined).slice(0, BANDS);
  const each =
    uids.length === 0
      ? { buckets: [] }
      : await ask('/v1/usage/history', { ...asked, by: 'uid', uid: uids.map((row) => row.uid) });
  if (state().range === range.value) {
    put({
      history: {
        range,
        from: total.from,
        to: total.to,
        total: total.buckets,
        uids,
        each: each.buckets,
      },
    });
  }
}

export async function loadTotals() {
  const [today, month] = await Promise.all(
    [midnight(), firstOfMonth()].map((from) =>
      ask('/v1/usage/summary', { from, to: 'now', limit: 1 }),
    ),
  );
  put({ today, month });
}

export async function loadTruth() {
  const { rows } = await ask('/v1/usage/truth', { from: midnight(), to: 'now' });
  put({ truth: rows });
}

export async function loadDrops() {
  put({ drops: await askAll('/v1/firewall/drops', period(), 'rows') });
}

export function health() {
  return ask('/v1/health');
}

export async function loadStatus() {
  put({ previousStatus: state().status, status: await ask('/v1/status') });
}

export async function loadQuotas() {
  put({ quotas: (await ask('/v1/quotas')).quotas });
}

export async function loadPolicy() {
  const [uids, chains, device, interfaces, audit] = await Promise.all([
    askAll('/v1/uids', {}, 'uids'),
    ask('/v1/firewall/chains'),
    ask('/v1/device-state'),
    ask('/v1/interfaces'),
    ask('/v1/audit', { limit: MARKS }),
  ]);
  put({
    uids: new Map(uids.uids.map((uid) => [uid.uid, uid])),
    chains: chains.chains,
    device,
    interfaces: interfaces.interfaces,
    audit: audit.entries,
  });
}

export async function loadGaps() {
  put({ boot: await ask('/v1/usage/since-boot', { limit: 1 }) });
}
