/** Lanes of marks below the chart, on its time axis. Marks that would overlap are one. */

import { watch, get as state } from './store.js';
import { byId, el, setText, styled } from './dom.js';
import { dayAndTime } from './format.js';
import { whenDrawn } from './chart.js';
import { LANES, marksOf } from './marks.js';

const CLOSEST = 22;
const MOST_SHOWN = 40;

let axis; // {plot, span} of the chart
let lanes;
let details;

export function startTimeline() {
  lanes = new Map(LANES.map((lane) => [lane.name, laneOf(lane)]));
  details = el('div', { class: 'mark-details', hidden: true });
  byId('timeline').replaceChildren(...[...lanes.values()].map(({ row }) => row), details);
  watch(['audit', 'marks', 'boot', 'status'], show);
  whenDrawn((plot, span) => {
    axis = { plot, span };
    show(state());
  });
}

function laneOf({ name, label }) {
  const track = el('div', { class: 'track' });
  const row = el(
    'div',
    { class: `lane ${name}` },
    el('span', { class: 'lane-label' }, label),
    track,
  );
  return { row, track, buttons: new Map() };
}

function show(now) {
  if (axis === undefined) {
    return;
  }
  const all = marksOf(now).filter(isInSight);
  for (const [name, lane] of lanes) {
    showLane(lane, clusters(all.filter((mark) => mark.lane === name)));
  }
}

function isInSight({ time, end }) {
  const [from, to] = axis.span;
  return time <= to && (end ?? time) >= from;
}

/** Neighbours that are closer than a mark is wide, together. */
function clusters(marks) {
  const sorted = marks
    .map((mark) => ({ ...mark, left: Math.max(axis.plot.left(mark.time), axis.plot.gutter) }))
    .sort((a, b) => a.time - b.time);
  const groups = [];
  for (const mark of sorted) {
    const group = groups.at(-1);
    if (group !== undefined && mark.left - group[0].left < CLOSEST) {
      group.push(mark);
    } else {
      groups.push([mark]);
    }
  }
  return groups;
}

/** Buttons stay while the chart moves: one that has the focus keeps it. */
function showLane(lane, groups) {
  const before = lane.buttons;
  lane.buttons = new Map(groups.map((group) => [group[0].time, buttonOf(before, group)]));
  for (const [time, button] of before) {
    if (!lane.buttons.has(time)) {
      button.remove();
    }
  }
  for (const button of lane.buttons.values()) {
    if (!button.isConnected) {
      lane.track.append(button);
    }
  }
}

function buttonOf(before, group) {
  const button = before.get(group[0].time) ?? el('button', { type: 'button', class: 'mark' });
  const { time, end, left, text } = group[0];
  const more = group.length > 1 ? ` and ${group.length - 1} more` : '';
  button.onclick = () => showDetails(group);
  button.title = `${dayAndTime(time)} · ${text}${more}`;
  button.setAttribute('aria-label', button.title);
  setText(button, group.length > 1 ? String(Math.min(group.length, 99)) : '');
  button.classList.toggle('long', end !== undefined);
  styled(button, 'left', `${left}px`);
  styled(
    button,
    'width',
    end === undefined ? '' : `${axis.plot.left(Math.min(end, axis.span[1])) - left}px`,
  );
  return button;
}

function showDetails(group) {
  const close = () => (details.hidden = true);
  const items = group
    .slice(-MOST_SHOWN)
    .reverse()
    .map(({ time, text }) =>
      el('li', {}, el('time', { class: 'muted number' }, dayAndTime(time)), el('bdi', {}, text)),
    );
  details.replaceChildren(
    el('ul', {}, ...items),
    el('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: close }, '✕'),
  );
  details.hidden = false;
}
