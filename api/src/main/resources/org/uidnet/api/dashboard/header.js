/** The top of the page: what one must know before reading any figure, and how it is shown. */

import { put, watch, get as state } from './store.js';
import { byId, el, fillChoice, setText } from './dom.js';
import { duration, UNIT_CHOICES } from './format.js';

/* global applyTheme */

const THEMES = ['system', 'light', 'dark'];
const SECOND = 1000;

export function startHeader() {
  fillChoice(byId('units'), 'units', UNIT_CHOICES, state().units, chooseUnits);
  byId('theme').addEventListener('click', nextTheme);
  watch(['theme'], showTheme);
  watch(['connection', 'session'], showConnection);
  watch(['health'], showHealth);
  setInterval(() => showConnection(state()), SECOND);
}

function chooseUnits(units) {
  localStorage.setItem('uidnet.units', units);
  put({ units });
}

function nextTheme() {
  const theme = THEMES[(THEMES.indexOf(state().theme) + 1) % THEMES.length];
  localStorage.setItem('uidnet.theme', theme);
  put({ theme });
}

function showTheme({ theme }) {
  applyTheme();
  const button = byId('theme');
  setText(button, { system: 'Auto', light: 'Light', dark: 'Dark' }[theme]);
  button.setAttribute('aria-label', `Colours: ${theme}. Change`);
}

/** How old the figures are, where that is more than the second between two of them. */
function showConnection({ connection, session }) {
  const place = byId('connection');
  place.hidden = session?.role === undefined;
  place.classList.toggle('lost', !connection.live);
  setText(place, connectionText(connection));
}

function connectionText({ live, heardAt }) {
  if (live) {
    return 'Live';
  }
  const age = heardAt === undefined ? '' : ` · data ${ageOf(heardAt)} old`;
  return heardAt === undefined ? 'Connecting …' : `Reconnecting …${age}`;
}

function ageOf(heardAt) {
  return duration((performance.now() - heardAt) / SECOND);
}

function showHealth({ health }) {
  byId('simulated').hidden = health?.backend !== 'simulator';
  const problems = health?.problems ?? [];
  const place = byId('problems');
  place.hidden = problems.length === 0;
  place.replaceChildren(el('strong', {}, 'Degraded '), problems.join(' '));
}
