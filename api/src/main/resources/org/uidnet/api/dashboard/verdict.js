/** Whether a user may use the network, rule by rule; as things are, or if they were otherwise. */

import { ask } from './api.js';
import { get as state } from './store.js';
import { el, setText } from './dom.js';
import { plain, words } from './format.js';
import { reasonWords } from './reasons.js';
import { toast } from './toast.js';

const FACTS = [
  { name: 'metered', label: 'Metered' },
  { name: 'roaming', label: 'Roaming' },
  { name: 'vpn', label: 'VPN' },
  { name: 'loopback', label: 'Loopback' },
  { name: 'dataSaver', label: 'Data saver' },
];

/** States of the device and the user, by the chain that each puts in force. */
const STATES = [
  { chain: 'dozable', label: 'Doze' },
  { chain: 'powersave', label: 'Battery saver' },
  { chain: 'standby', label: 'App standby' },
  { chain: 'low-power-standby', label: 'Low-power standby' },
  { chain: 'restricted', label: 'Restricted mode' },
  { chain: 'background', label: 'Background' },
];

const WHERE = {
  CREATE: 'when it makes a socket',
  CONNECT: 'when it connects or sends',
  PACKET: 'packet by packet',
};

/** A card with the verdict; `load` asks anew. */
export function verdictCard(uid) {
  const sentence = el('p', { class: 'sentence', role: 'status' });
  const steps = el('div');
  const form = whatIf(() => load());
  const card = el(
    'section',
    { class: 'card', 'aria-label': 'Verdict' },
    el('div', { class: 'card-head' }, el('h2', {}, 'Verdict')),
    form,
    sentence,
    steps,
  );
  const load = async () => {
    try {
      show(await ask(`/v1/firewall/uids/${uid}/verdict`, supposed(form)), sentence, steps, form);
    } catch (error) {
      toast(error.message, { bad: true });
    }
  };
  return { card, load };
}

function whatIf(onChange) {
  const form = el(
    'form',
    { class: 'what-if', onchange: onChange, onreset: () => queueMicrotask(onChange) },
    el('p', { class: 'muted' }, 'What if'),
    el('label', { class: 'field' }, 'over ', interfaceChoice()),
    el('label', { class: 'field' }, '', directionChoice()),
    ...FACTS.map(({ name, label }) => box(name, 'true', label)),
    ...STATES.map(({ chain, label }) => box('enable', chain, label)),
    el('button', { type: 'reset', class: 'plain' }, 'As it is'),
  );
  form.addEventListener('submit', (event) => event.preventDefault());
  return form;
}

function box(name, value, label) {
  return el(
    'label',
    { class: 'box' },
    el('input', { type: 'checkbox', name, value }),
    el('span', {}, label),
  );
}

function interfaceChoice() {
  const { truth, interfaces } = state();
  const names = new Set([...truth, ...interfaces].map(({ iface }) => iface));
  return el(
    'select',
    { name: 'iface', 'aria-label': 'Interface' },
    el('option', { value: '' }, 'any interface'),
    ...[...names].map((name) => el('option', { value: name }, plain(name))),
  );
}

function directionChoice() {
  return el(
    'select',
    { name: 'direction', 'aria-label': 'Direction' },
    el('option', { value: '' }, 'sending'),
    el('option', { value: 'ingress' }, 'receiving'),
  );
}

/** The question's parameters. */
function supposed(form) {
  const given = new FormData(form);
  const enable = given.getAll('enable').join(',');
  given.delete('enable');
  const parameters = Object.fromEntries([...given].filter(([, value]) => value !== ''));
  return enable === '' ? parameters : { ...parameters, enable };
}

function show(report, sentence, steps, form) {
  const asked = Object.keys(supposed(form)).length > 0;
  sentence.className = `sentence ${report.blocked ? 'bad' : 'good'}`;
  setText(sentence, (asked ? 'Then: ' : '') + sentenceOf(report));
  const [telling, silent] = [true, false].map((told) =>
    report.chain.filter((step) => (step.effect !== 'NOT_ASKED') === told),
  );
  steps.replaceChildren(stepList(telling), silentSteps(silent));
}

function sentenceOf({ blocked, reasons, refusedBy }) {
  return blocked
    ? `Blocked: ${reasons.map(reasonWords).join(', ')}. Refused ${WHERE[refusedBy] ?? words(refusedBy ?? '')}.`
    : 'Not blocked.';
}

function stepList(steps) {
  return el('ol', { class: 'steps' }, ...steps.map(stepItem));
}

function silentSteps(steps) {
  return el(
    'details',
    { class: 'silent' },
    el('summary', {}, `${steps.length} rules have no say`),
    stepList(steps),
  );
}

function stepItem(step) {
  const blocks = step.effect === 'BLOCKS';
  return el(
    'li',
    { class: blocks ? 'blocks' : '' },
    el('span', { class: 'step-name' }, plain(step.chain)),
    el('span', { class: 'muted' }, stateOf(step)),
    el('span', { class: `effect ${blocks ? 'bad' : 'good'}` }, effectOf(step)),
    step.detail !== undefined && el('span', { class: 'step-detail muted' }, plain(step.detail)),
    step.lift !== undefined && lift(step.lift),
  );
}

function stateOf({ kind, enabled, listed }) {
  return [kind && words(kind), enabled ? 'in force' : 'not in force', listed && 'listed']
    .filter(Boolean)
    .join(' · ');
}

function effectOf({ effect, exempt, reason }) {
  if (effect === 'BLOCKS') {
    return `blocks: ${reasonWords(reason)}`;
  }
  return effect === 'PASSES' ? (exempt ? 'exempt' : 'passes') : '';
}

/** The command that would lift the block, to be taken along. */
function lift(command) {
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    toast('Copied.');
  };
  return el(
    'span',
    { class: 'lift' },
    el('code', {}, plain(command)),
    el('button', { type: 'button', class: 'plain', onclick: copy }, 'Copy'),
  );
}
