/** What the daemon tells as it happens, and what is asked anew because of it. */

import { follow } from './stream.js';
import { get as state, put, seesAll } from './store.js';
import * as queries from './queries.js';

/** Seconds that the live chart shows. */
export const SAMPLES = 300;

const MOST_MARKS = 400;

/** Events come in bursts; an answer that takes all of them in is enough. */
const BURST = 400;

/** Asks for everything once, then follows both streams until `signal` ends them. */
export function live(signal) {
  loadAll();
  const parameters = seesAll() ? {} : { uid: state().session.uid };
  follow('/v1/usage/stream', { parameters, signal, onEvent: onRates, onState: onConnection });
  follow('/v1/events', { parameters, signal, onEvent, onState: () => {} });
}

async function loadAll() {
  if (seesAll()) {
    await queries.loadClock().catch(() => {}); // a stream that comes back asks again
    await all([queries.loadGaps]);
  }
  await all([loadSnapshot, loadPolicy, queries.loadQuotas]);
}

const all = (loads) => Promise.allSettled(loads.map((load) => load()));

/** What changes with each snapshot of the counters. */
function loadSnapshot() {
  put({ snapshots: state().snapshots + 1 });
  return all(
    seesAll() ? [...OF_PERIOD, queries.loadTotals, queries.loadTruth, loadStatus] : [loadHealth],
  );
}

const OF_PERIOD = [queries.loadUsage, queries.loadDrops, queries.loadHistory];

/** What belongs to the time that is shown. */
export function loadPeriod() {
  return all(OF_PERIOD);
}

async function loadHealth() {
  put({ health: await queries.health() });
}

async function loadStatus() {
  await Promise.all([loadHealth(), queries.loadStatus()]);
}

async function loadPolicy() {
  put({ policies: state().policies + 1 });
  await (seesAll() ? queries.loadPolicy() : undefined);
}

const refreshSnapshot = afterBurst(loadSnapshot);
export const refreshPolicy = afterBurst(loadPolicy);
const refreshQuotas = afterBurst(queries.loadQuotas);

/** Calls once for many calls, and again for those that come while it works. */
function afterBurst(load) {
  let waiting = false;
  return () => {
    if (!waiting) {
      waiting = true;
      setTimeout(async () => {
        waiting = false;
        await load().catch(() => {}); // the next event asks again; health says what is wrong
      }, BURST);
    }
  };
}

/** A connection that comes back may have missed events. */
function onConnection(isLive) {
  const { connection } = state();
  put({ connection: { ...connection, live: isLive } });
  if (isLive && connection.heardAt !== undefined && !connection.live) {
    loadAll();
  }
}

function onRates(event) {
  if (event.event !== 'rates') {
    return;
  }
  const now = Date.parse(event.time);
  const rows = new Map(event.rows.map((row) => [queries.keyOf(row), row]));
  const sample = { time: now, seconds: event.seconds, rows, total: event.total };
  put({
    now,
    connection: { live: true, heardAt: performance.now() },
    samples: [...state().samples, sample].slice(-SAMPLES),
  });
}

const ON_EVENT = {
  stats: refreshSnapshot,
  change: refreshPolicy,
  'blocked-status': refreshPolicy,
  quota: refreshQuotas,
};

function onEvent(event) {
  ON_EVENT[event.event]?.();
  if (event.event !== 'stats') {
    put({ marks: [...state().marks, event].slice(-MOST_MARKS) });
  }
}
