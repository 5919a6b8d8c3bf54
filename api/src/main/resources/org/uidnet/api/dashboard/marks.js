/** What happened, as marks on the time axis: out of the audit log, the live events and the gaps. */

import { author } from './device.js';
import { count, nameOf, plain, words } from './format.js';
import { reasonWords } from './reasons.js';

export const LANES = [
  { name: 'state', label: 'State' },
  { name: 'policy', label: 'Policy' },
  { name: 'blocks', label: 'Blocks' },
  { name: 'gaps', label: 'Gaps' },
];

const OF_STATE = /^(setting (device|interfaces|idle)|processes)/;

/** Each with `time`, `lane` and `text`; gaps also have an `end`. */
export function marksOf({ audit, marks, boot, status, health }) {
  return [
    ...audit.map((entry) => changeMark(entry, health)),
    ...marks.flatMap((event) => FROM_EVENT[event.event]?.(event) ?? []),
    ...(boot?.gaps ?? []).map(gapMark),
    ...(status === undefined ? [] : [startMark(status)]),
  ];
}

function changeMark(entry, health) {
  const { time, what, before, after } = entry;
  const change = `${plain(before) || 'nothing'} → ${plain(after) || 'nothing'}`;
  return {
    time: Date.parse(time),
    lane: OF_STATE.test(what) ? 'state' : 'policy',
    text: `${plain(what)}: ${change}, by ${author(entry, health)}`,
  };
}

const FROM_EVENT = {
  drop: (event) => ({
    time: Date.parse(event.time),
    lane: 'blocks',
    text: `${nameOf(event)}: ${event.direction} refused${target(event)}, ${reasonWords(event.reason)}`,
  }),
  'blocked-status': (event) => ({
    time: Date.parse(event.time),
    lane: 'blocks',
    text:
      `${whom(event)} on ${event.metered ? 'metered' : 'other'} networks:` +
      ` ${list(event.before)} → ${list(event.after)}`,
  }),
  quota: (event) => ({
    time: Date.parse(event.time),
    lane: 'policy',
    text: `quota ${plain(event.id)}: ${words(event.kind)}`,
  }),
};

const target = (event) => (event.target === undefined ? '' : ` to ${plain(event.target)}`);

function whom({ uids, others }) {
  const named = uids.length === 1 ? `UID ${uids[0]}` : `${count(uids.length)} users`;
  return uids.length === 0 ? 'all others' : named + (others ? ' and all others' : '');
}

const list = (reasons) => reasons.map(reasonWords).join(', ') || 'free';

function gapMark({ from, to }) {
  return {
    time: Date.parse(from),
    end: Date.parse(to),
    lane: 'gaps',
    text: 'Nothing was counted: no program was attached.',
  };
}

function startMark({ startTime, version }) {
  return {
    time: Date.parse(startTime),
    lane: 'gaps',
    text: `The daemon started (${plain(version)}).`,
  };
}
