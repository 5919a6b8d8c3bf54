/**
 * All that the page knows, in one place. Views watch parts of it and are called once per frame, after
 * some of those changed.
 */

const state = {
  session: undefined, // {token, role, uid}
  entrance: undefined, // why one has to sign in (again)
  connection: { live: false, heardAt: undefined },
  now: Date.now(), // milliseconds; soon by the clock of the host
  units: localStorage.getItem('uidnet.units') ?? 'iec',
  theme: localStorage.getItem('uidnet.theme') ?? 'system',
  health: undefined,
  status: undefined,
  previousStatus: undefined,
  device: undefined,
  interfaces: [],
  chains: [],
  uids: new Map(), // by UID
  quotas: [],
  audit: [],
  marks: [], // what happened, for the timeline
  samples: [], // one for each second: {time, seconds, rows: Map, total}
  range: 'live',
  direction: 'both',
  selection: undefined, // {from, to} in milliseconds, drawn on the chart
  history: undefined, // {range, from, to, buckets} of the chart
  usage: undefined, // of the period that the table shows
  today: undefined,
  month: undefined,
  drops: undefined,
  truth: [],
  boot: undefined, // since when is counted, and where are gaps
  search: '',
  sort: { by: 'total', descending: true },
  snapshots: 0, // that were stored since the page is open
  policies: 0, // times that rules or states changed
  page: { name: 'overview' },
  visit: undefined, // what the page of one UID shows
};

const views = [];
const changed = new Set();
let scheduled = false;

export function get() {
  return state;
}

/** Replaces parts of the state. */
export function put(parts) {
  for (const [name, value] of Object.entries(parts)) {
    state[name] = value;
    changed.add(name);
  }
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(tellViews);
  }
}

/** Has a view called now and after each change of one of these parts. */
export function watch(names, view) {
  views.push({ names, view });
  view(state);
}

function tellViews() {
  const parts = new Set(changed);
  changed.clear();
  scheduled = false;
  for (const { names, view } of views) {
    if (names.some((name) => parts.has(name))) {
      view(state);
    }
  }
}

/** Whether the one who is signed in may see everybody; else only itself. */
export function seesAll() {
  return state.session?.role === 'ADMIN' || state.session?.role === 'READ';
}

/** Whether the one who is signed in may change things. */
export function mayChange() {
  return state.session?.role === 'ADMIN';
}
