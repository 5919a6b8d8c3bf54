/** Whether the figures are right: each interface's own counters beside what users were charged. */

import { watch } from './store.js';
import { byId, el } from './dom.js';
import { amount, plain } from './format.js';

export function startTruth() {
  const summary = el('summary', {});
  const details = el('div', { class: 'truth-details' });
  byId('truth').replaceChildren(el('details', { class: 'truth' }, summary, details));
  watch(['truth', 'units'], (state) => {
    summary.replaceChildren(...headline(state));
    details.replaceChildren(explanation(), table(state));
  });
}

/** Other namespaces' interfaces are part of the host's. */
const isOfHost = ({ iface }) => !iface.includes('/');

function headline({ truth, units }) {
  const rows = truth.filter(isOfHost);
  const device = sum(rows, 'interface');
  const missing = Object.fromEntries(
    ['rx', 'tx'].map((way) => [
      way,
      sum(
        rows.filter((row) => row.direction === way),
        'unattributed',
      ),
    ]),
  );
  return [
    el('strong', {}, `Accounted ${accounted(device, missing.rx + missing.tx)}`),
    el(
      'span',
      {},
      `Unattributed today ↓ ${amount(missing.rx, units)} ↑ ${amount(missing.tx, units)}`,
    ),
    el('span', { class: 'muted each' }, interfaces(rows).map(shareText).join(' · ')),
  ];
}

const sum = (rows, part) => rows.reduce((bytes, row) => bytes + row[part].bytes, 0);

/** Never rounded up to all: what is missing shows. */
function accounted(device, missing) {
  if (device === 0) {
    return '–';
  }
  const share = 100 * (1 - Math.abs(missing) / device);
  return `${(Math.floor(share * 1000) / 1000).toFixed(share === 100 ? 0 : 3)} %`;
}

function interfaces(rows) {
  return [...Map.groupBy(rows, (row) => row.iface)].filter(
    ([, both]) => sum(both, 'interface') > 0,
  );
}

function shareText([iface, rows]) {
  return `${plain(iface)} ${accounted(sum(rows, 'interface'), sum(rows, 'unattributed'))}`;
}

function explanation() {
  return el(
    'p',
    {},
    'Since midnight: what each interface itself counted, without link headers, against what the hooks' +
      ' charged to users. The difference is what no user sent or received, such as ARP, answers of the' +
      ' kernel, and packets that raw sockets took. It is never hidden, and never spread over users.',
  );
}

const HEADINGS = ['Interface', '', 'Interface counted', 'Users charged', 'Unattributed'];

function table({ truth, units }) {
  const heads = HEADINGS.map((text) => (text === '' ? el('td') : el('th', { scope: 'col' }, text)));
  return el(
    'table',
    { class: 'plain-table' },
    el('thead', {}, el('tr', {}, ...heads)),
    el('tbody', {}, ...truth.map((row) => line(row, units))),
  );
}

function line(row, units) {
  const figures = [row.interface, row.uids, row.unattributed];
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, el('bdi', {}, plain(row.iface))),
    el('td', {}, row.direction === 'rx' ? '↓' : '↑'),
    ...figures.map(({ bytes }) => el('td', { class: 'figure' }, amount(bytes, units))),
  );
}
