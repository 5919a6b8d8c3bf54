/** The four figures that answer most questions. */

import { watch } from './store.js';
import { byId, el, setText, styled } from './dom.js';
import { amount, amountParts, count, day, percent, plain } from './format.js';
import { periodWords } from './queries.js';

export function startTiles() {
  const now = tile('Now');
  const today = tile('Today');
  const cycle = tile('This month');
  const blocked = tile('Blocked');
  byId('tiles').replaceChildren(now.card, today.card, cycle.card, blocked.card);
  watch(['samples', 'units'], (state) => showNow(now, state));
  watch(['today', 'units'], (state) => showToday(today, state));
  watch(['month', 'quotas', 'units'], (state) => showCycle(cycle, state));
  watch(['uids', 'drops', 'units'], (state) => showBlocked(blocked, state));
}

function tile(title) {
  const heading = el('h2', {}, title);
  const figures = el('div', { class: 'figures' });
  const note = el('p', { class: 'note' });
  const card = el('article', { class: 'tile' }, heading, figures, note);
  return { card, heading, figures, note };
}

/** A number, its unit smaller, and which way. */
function figure(parts, arrow, label) {
  const [number, unit] = parts;
  return el(
    'span',
    { class: 'figure' },
    arrow && el('span', { class: `arrow ${label}`, 'aria-hidden': 'true' }, arrow),
    arrow && el('span', { class: 'hidden' }, label === 'down' ? 'received ' : 'sent '),
    el('span', { class: 'number' }, number),
    unit !== '' && el('span', { class: 'unit' }, ` ${unit}`),
  );
}

const both = (rx, tx, units, suffix = '') =>
  [
    [rx, '↓', 'down'],
    [tx, '↑', 'up'],
  ].map(([bytes, arrow, label]) => {
    const [number, unit] = amountParts(bytes, units);
    return figure([number, unit + suffix], arrow, label);
  });

function showNow({ figures, note }, { samples, units }) {
  const last = samples.at(-1);
  if (last === undefined) {
    setText(note, 'Waiting for the first second …');
    return;
  }
  const { rxBytesPerSecond, txBytesPerSecond } = last.total;
  figures.replaceChildren(...both(rxBytesPerSecond, txBytesPerSecond, units, '/s'));
  const active = [...last.rows.values()].filter((row) => row.uid !== undefined).length;
  setText(note, `${active} ${active === 1 ? 'user' : 'users'} active`);
}

function showToday({ figures, note }, { today, units }) {
  if (today !== undefined) {
    const { rxBytes, txBytes } = today.total;
    figures.replaceChildren(...both(rxBytes, txBytes, units));
    setText(note, `${amount(rxBytes + txBytes, units)} in all since midnight`);
  }
}

/** The quota that is nearest to its limit, if there is one; else the month. */
function showCycle(place, { month, quotas, units }) {
  const tightest = quotas
    .filter((quota) => quota.limitBytes !== undefined)
    .sort((a, b) => b.used / b.limitBytes - a.used / a.limitBytes)[0];
  if (tightest !== undefined) {
    showQuota(place, tightest, units);
  } else if (month !== undefined) {
    const { rxBytes, txBytes } = month.total;
    place.figures.replaceChildren(figure(amountParts(rxBytes + txBytes, units)));
    setText(place.heading, 'This month');
    setText(place.note, 'No budget is set: uidnet quota set');
  }
}

function showQuota({ heading, figures, note }, quota, units) {
  setText(heading, `This cycle · ${plain(quota.id)}`);
  figures.replaceChildren(figure(amountParts(quota.used, units)), budget(quota));
  const forecast =
    quota.forecast === undefined ? '' : ` · ${amount(quota.forecast, units)} expected`;
  setText(
    note,
    `${percent(quota.used, quota.limitBytes)} of ${amount(quota.limitBytes, units)}` +
      ` until ${day(Date.parse(quota.cycleEnd))}${forecast}`,
  );
}

function budget(quota) {
  const share = Math.min(100, (100 * quota.used) / quota.limitBytes);
  const used = styled(el('span', { class: `used ${level(quota)}` }), 'width', `${share}%`);
  const bar = el('span', { class: 'budget', 'aria-hidden': 'true' }, used);
  if (quota.warningBytes !== undefined) {
    const at = Math.min(100, (100 * quota.warningBytes) / quota.limitBytes);
    bar.append(styled(el('span', { class: 'warning' }), 'left', `${at}%`));
  }
  return bar;
}

function level({ used, warningBytes, limitBytes }) {
  return used >= limitBytes ? 'bad' : used >= (warningBytes ?? limitBytes) ? 'warn' : 'good';
}

/** Refusals of the time that the table shows, and how many users are blocked now. */
function showBlocked({ figures, note }, state) {
  if (state.drops === undefined) {
    return;
  }
  const { packets, bytes } = state.drops.total;
  figures.replaceChildren(figure([count(packets), 'refused']));
  setText(
    note,
    `${amount(bytes, state.units)}, ${periodWords(state)} · now ${blockedWords(state.uids)}`,
  );
}

function blockedWords(uids) {
  const all = [...uids.values()];
  const blocked = all.filter((uid) => uid.blocked).length;
  const metered = all.filter((uid) => !uid.blocked && uid.meteredReasons.length > 0).length;
  return `${blocked} blocked, ${metered} on metered`;
}
