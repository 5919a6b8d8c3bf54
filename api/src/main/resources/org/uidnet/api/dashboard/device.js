/** The state of the device as a strip of switches, each with where its value is from. */

import { send } from './api.js';
import { mayChange, watch } from './store.js';
import { byId, el, refill } from './dom.js';
import { capital, dayAndTime, plain, words } from './format.js';
import { toast } from './toast.js';

const LABELS = { deviceIdle: 'Doze', batterySaver: 'Battery saver', screenOn: 'Screen' };

const WHAT = 'setting device';

export function startDevice() {
  watch(['device', 'interfaces', 'audit', 'session', 'health'], show);
}

function show({ device, interfaces, audit, health }) {
  if (device === undefined) {
    return;
  }
  const flags = Object.entries(device).map(([name, on]) =>
    flagChip(name, on, source(name, audit, health)),
  );
  refill(byId('device'), ...flags, ...interfaces.map(interfaceChip));
}

function flagChip(name, on, from) {
  const label = LABELS[name] ?? capital(words(name));
  const content = [
    el('span', { class: 'chip-label' }, label),
    el('span', { class: 'chip-value' }, on ? 'on' : 'off'),
    el('span', { class: 'chip-source' }, from.short),
  ];
  const attributes = { class: on ? 'chip on' : 'chip', title: from.long };
  return mayChange()
    ? el(
        'button',
        {
          ...attributes,
          type: 'button',
          role: 'switch',
          'aria-checked': String(on),
          'aria-label': `${label}: ${from.long}`,
          onclick: () => change(name, label, !on),
        },
        ...content,
      )
    : el('span', attributes, ...content);
}

/** Whoever changed it last, as far as the audit log goes back. */
function source(name, audit, health) {
  const key = words(name).replaceAll(' ', '-');
  const entry = audit.find(
    ({ what, before, after }) => what === WHAT && names(before, key) !== names(after, key),
  );
  if (entry === undefined) {
    return { short: 'default', long: 'not changed lately' };
  }
  const who = author(entry, health);
  return { short: who, long: `set by ${who}, ${dayAndTime(Date.parse(entry.time))}` };
}

const names = (list, key) => list.split(/[\s,]+/).includes(key);

/** Who made a change. */
export function author({ uid, transport }, health) {
  if (transport === 'daemon') {
    return health?.backend === 'simulator' ? 'simulation' : 'daemon';
  }
  if (transport === 'tcp') {
    return 'token';
  }
  return uid === 0 ? 'root' : `UID ${uid}`;
}

async function change(name, label, on) {
  try {
    await send('PATCH', '/v1/device-state', { [name]: on });
    toast(`${label} is ${on ? 'on' : 'off'}.`, { undo: () => change(name, label, !on) });
  } catch (error) {
    toast(error.message, { bad: true });
  }
}

function interfaceChip(iface) {
  const facts = [
    iface.metered && 'metered',
    iface.roaming && 'roaming',
    iface.vpn && 'VPN',
    iface.default && 'default',
    iface.network && plain(iface.network),
  ].filter(Boolean);
  return el(
    'span',
    { class: 'chip interface', title: 'An interface that something is said of' },
    el('span', { class: 'chip-label' }, plain(iface.iface)),
    el('span', { class: 'chip-value' }, facts.join(' · ') || 'plain'),
  );
}
