/** What uidnet itself takes of this machine. */

import { watch } from './store.js';
import { byId, el } from './dom.js';
import { amount, count, duration, percent, plain } from './format.js';

export function startFooter() {
  watch(['status', 'units', 'session'], ({ status, previousStatus, units }) =>
    byId('footer').replaceChildren(
      ...(status === undefined ? [] : facts(status, previousStatus, units)),
    ),
  );
}

function facts(status, before, units) {
  const { cost, slots, poll, databases } = status;
  return [
    fact('uidnet', `${plain(status.version)}, up ${duration(status.uptimeSeconds)}`),
    fact('Memory', `${amount(cost.residentBytes, units)}, heap ${amount(cost.heapBytes, units)}`),
    fact('Processor', processor(status, before)),
    fact('Counters', `${count(slots.live)} of ${count(slots.max)} in use`),
    fact('Fullest map', fullestMap(status.maps)),
    fact('History', databases.map(({ bytes }) => amount(bytes, units)).join(', ')),
    fact(
      'Snapshot',
      `${(poll.lastMicros / 1000).toFixed(1)} ms, each ${duration(poll.intervalMillis / 1000)}`,
    ),
  ];
}

function fact(name, text) {
  return el('span', { class: 'fact' }, el('span', { class: 'muted' }, `${name} `), text);
}

/** Between two answers; at first since the start. */
function processor({ cost, uptimeSeconds }, before) {
  const millis = cost.cpuMillis - (before?.cost.cpuMillis ?? 0);
  const seconds = uptimeSeconds - (before?.uptimeSeconds ?? 0);
  return seconds > 0 ? `${percent(millis / 1000, seconds)} of one` : '–';
}

/** Arrays are as long as they are: only what can fill counts. */
function fullestMap(maps) {
  const fullest = maps
    .filter(({ type, maxEntries }) => type.includes('hash') && maxEntries > 0)
    .sort((a, b) => b.entries / b.maxEntries - a.entries / a.maxEntries)[0];
  return fullest === undefined
    ? '–'
    : `${fullest.name} ${percent(fullest.entries, fullest.maxEntries)}`;
}
