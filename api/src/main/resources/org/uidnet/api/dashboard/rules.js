/** Rules of users and chains, changed by switches, each change with a way back. */

import { send } from './api.js';
import { get as state, mayChange } from './store.js';
import { el } from './dom.js';
import { plain, words } from './format.js';
import { refreshPolicy } from './live.js';
import { toast } from './toast.js';

/** The chain that `uidnet block` uses; it is made when it is first needed. */
export const BLOCK = 'blocked';
export const BLOCK_METERED = 'metered-deny-user';

/** Whether a chain's list has the user. */
export function isListed(name, uid) {
  return chainNamed(name)?.uids.includes(uid) ?? false;
}

function chainNamed(name) {
  return state().chains.find(({ chain }) => chain === name);
}

/** What listing a user means: `DENY` on a denylist. */
function ruleWhenListed(name) {
  return chainNamed(name)?.kind === 'ALLOWLIST' ? 'ALLOW' : 'DENY';
}

/** A switch for a user's place on a chain's list; without the right to change it only tells. */
export function ruleSwitch(name, user, label) {
  return switchFor({
    on: isListed(name, user.uid),
    label,
    onChange: (on) => list(name, user, on),
  });
}

/** A switch that shows what is, also after the click, until the daemon says that it changed. */
function switchFor({ on, label, onChange }) {
  return el('button', {
    type: 'button',
    class: 'switch',
    role: 'switch',
    'aria-checked': String(on),
    'aria-label': label,
    title: label,
    disabled: !mayChange(),
    onclick: (event) => busy(event.currentTarget, () => onChange(!on)),
  });
}

async function busy(button, work) {
  button.setAttribute('aria-busy', 'true');
  try {
    await work();
  } catch (error) {
    toast(error.message, { bad: true });
  } finally {
    button.removeAttribute('aria-busy');
    refreshPolicy();
  }
}

async function list(name, user, on) {
  if (name === BLOCK && on) {
    await prepareBlockChain();
  }
  const change = await setRule(name, user.uid, on ? ruleWhenListed(name) : 'DEFAULT');
  const who = plain(user.name ?? '') || `UID ${user.uid}`;
  toast(sentence(name, who, on, change), {
    undo: () => setRule(name, user.uid, on ? 'DEFAULT' : ruleWhenListed(name)).then(refreshPolicy),
  });
}

function sentence(name, who, on, { destroyedSockets }) {
  const what = name === BLOCK ? (on ? 'is blocked' : 'is free') : `is ${on ? 'on' : 'off'} ${name}`;
  const cut = destroyedSockets === 1 ? '1 connection' : `${destroyedSockets} connections`;
  return `${who} ${what}.${destroyedSockets > 0 ? ` ${cut} ended.` : ''}`;
}

/** In this order nobody is blocked by it who was not meant. */
async function prepareBlockChain() {
  const chain = await send('POST', '/v1/firewall/chains', { chain: BLOCK, kind: 'DENYLIST' });
  if (!chain.enabled) {
    await setEnabled(BLOCK, true);
  }
}

function setRule(name, uid, rule) {
  return send('PUT', `/v1/firewall/chains/${encodeURIComponent(name)}/uids/${uid}`, { rule });
}

function setEnabled(name, enabled) {
  return send('PUT', `/v1/firewall/chains/${encodeURIComponent(name)}`, { enabled });
}

/** A switch that puts a chain in force for all on its list. */
export function chainSwitch({ chain, enabled }) {
  return switchFor({
    on: enabled,
    label: `Chain ${chain} in force`,
    onChange: async (on) => {
      await setEnabled(chain, on);
      toast(`Chain ${chain} is ${on ? 'in force' : 'off'}.`, {
        undo: () => setEnabled(chain, !on).then(refreshPolicy),
      });
    },
  });
}

/** Every chain with this user's place on it. */
export function chainGrid(user) {
  const items = state().chains.map((chain) =>
    el(
      'li',
      { class: chain.enabled ? '' : 'idle' },
      ruleSwitch(chain.chain, user, `${chain.chain} for ${nameForLabel(user)}`),
      el('span', { class: 'chain-name' }, chain.chain),
      el('span', { class: 'muted' }, meaning(chain)),
    ),
  );
  return el('ul', { class: 'chain-grid' }, ...items);
}

const nameForLabel = (user) => plain(user.name ?? '') || `UID ${user.uid}`;

function meaning({ kind, enabled }) {
  return words(kind) + (enabled ? '' : ', not in force');
}
