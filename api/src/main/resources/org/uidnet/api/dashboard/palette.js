/** Which user has which colour in the chart: one keeps its colour as long as it is in it. */

import { BANDS } from './queries.js';

const holders = new Array(BANDS).fill(undefined);

/** Gives these users colours; those who were there before keep theirs. In the order of colours. */
export function assign(uids) {
  const wanted = new Set(uids);
  holders.forEach((uid, slot) => {
    if (!wanted.has(uid)) {
      holders[slot] = undefined;
    }
  });
  for (const uid of uids) {
    if (!holders.includes(uid)) {
      holders[holders.indexOf(undefined)] = uid;
    }
  }
  return holders.filter((uid) => uid !== undefined);
}

/** A class that carries the colour; that of all others for those who have none. */
export function seriesClass(uid) {
  const slot = holders.indexOf(uid);
  return slot < 0 || uid === undefined ? 'series-other' : `series-${slot}`;
}

/** The colour itself, for drawing. */
export function seriesColor(uid) {
  const name = `--${seriesClass(uid)}`;
  return getComputedStyle(document.documentElement).getPropertyValue(name);
}
