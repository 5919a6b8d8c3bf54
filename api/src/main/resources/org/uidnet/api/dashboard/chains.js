/** All chains: what is in force, and for how many. */

import { watch } from './store.js';
import { byId, el, refill } from './dom.js';
import { count } from './format.js';
import { chainSwitch } from './rules.js';

export function startChains() {
  watch(['chains', 'session'], ({ chains }) => refill(byId('chains'), ...chains.map(chainItem)));
}

function chainItem(chain) {
  const { alwaysOn, enabled, kind, uids, byState } = chain;
  return el(
    'li',
    { class: enabled ? '' : 'idle' },
    alwaysOn
      ? el('span', { class: 'always', title: 'Always in force, on metered networks' }, 'on')
      : chainSwitch(chain),
    el('span', { class: 'chain-name' }, chain.chain),
    el(
      'span',
      { class: 'muted' },
      `${kind === 'ALLOWLIST' ? 'allows' : 'denies'} ${count(uids.length)}`,
      byState.enabledBy ? ` · by ${byState.enabledBy}` : '',
    ),
  );
}
