/** Short notes about what was done, some with a way back. */

import { byId, el } from './dom.js';

const STAY = 10_000;

/**
 * Says something for ten seconds.
 *
 * @param undo makes it as it was; without it there is no button
 */
export function toast(text, { undo, bad = false } = {}) {
  const note = el('div', { class: bad ? 'toast bad' : 'toast' }, el('span', {}, text));
  const end = () => note.remove();
  if (undo) {
    note.append(el('button', { type: 'button', onclick: () => (end(), undo()) }, 'Undo'));
  }
  note.append(el('button', { type: 'button', 'aria-label': 'Dismiss', onclick: end }, '✕'));
  byId('toasts').append(note);
  setTimeout(end, STAY);
}
