/** Which users the table shows, in which order, with which sums. Pure. */

import { keyOf } from './queries.js';
import { nameOf } from './format.js';
import { standing } from './reasons.js';

const NOTHING = { rx: 0, tx: 0 };

/** Everybody who used the network in the period, does now, or is named by a rule. */
export function usersOf({ usage, uids, samples }) {
  const now = samples.at(-1)?.rows ?? new Map();
  const users = new Map();
  const add = (row) => {
    const key = keyOf(row);
    if (!users.has(key)) {
      users.set(key, {
        ...NOTHING,
        ...row,
        key,
        name: row.name,
        now: now.get(key),
        doc: uids.get(row.uid),
      });
    }
  };
  (usage?.rows ?? []).forEach(add);
  now.forEach(add);
  uids.forEach(add);
  return [...users.values()];
}

export function matches(user, search) {
  const wanted = search.trim().toLowerCase();
  const texts = [nameOf(user), String(user.uid ?? ''), standing(user.doc).text];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

const VALUES = {
  name: (user) => nameOf(user).toLowerCase(),
  down: (user) => user.now?.rxBytesPerSecond ?? 0,
  up: (user) => user.now?.txBytesPerSecond ?? 0,
  received: (user) => user.rx,
  sent: (user) => user.tx,
  total: (user) => user.rx + user.tx,
  verdict: (user) => ['none', 'good', 'warn', 'bad'].indexOf(standing(user.doc).level),
};

export function sorted(users, { by, descending }) {
  const value = VALUES[by];
  const sign = descending ? -1 : 1;
  return [...users].sort((a, b) => sign * compare(value(a), value(b)) || compare(a.key, b.key));
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function totals(users) {
  return users.reduce(
    (sum, user) => ({
      down: sum.down + VALUES.down(user),
      up: sum.up + VALUES.up(user),
      rx: sum.rx + user.rx,
      tx: sum.tx + user.tx,
    }),
    { down: 0, up: 0, rx: 0, tx: 0 },
  );
}
