/** One user's row, and below it the chains when it is open. */

import { get as state, mayChange } from './store.js';
import { el, refill, setText, styled } from './dom.js';
import { amount, nameOf, percent, rate } from './format.js';
import { BLOCK, BLOCK_METERED, chainGrid, isListed, ruleSwitch } from './rules.js';
import { seriesClass } from './palette.js';
import { sparkline } from './sparkline.js';
import { standing } from './reasons.js';

const COLUMNS = 11;

export class Row {
  #line = sparkline();
  #dot = el('span', { 'aria-hidden': 'true' });
  #name = el('span', { class: 'name' });
  #down = el('td', { class: 'figure now' });
  #up = el('td', { class: 'figure now' });
  #received = el('td', { class: 'figure received' });
  #sent = el('td', { class: 'figure sent' });
  #foreground = el('span', { class: 'foreground' });
  #background = el('span', { class: 'background' });
  #share = el('span', { class: 'percent' });
  #bar = el('span', { class: 'bar' }, this.#foreground, this.#background);
  #chip = el('span');
  #block = el('td', { class: 'rule block' });
  #metered = el('td', { class: 'rule metered' });
  #more = el('td', { class: 'more' });
  #element = el(
    'tr',
    {},
    el('th', { scope: 'row', class: 'user' }, this.#dot, this.#name),
    el('td', { class: 'activity' }, this.#line.drawing),
    this.#down,
    this.#up,
    this.#received,
    this.#sent,
    el('td', { class: 'share' }, this.#bar, this.#share),
    el('td', { class: 'verdict' }, this.#chip),
    this.#block,
    this.#metered,
    this.#more,
  );
  #chains = el('tr', { class: 'chains', hidden: true }, el('td', { colspan: COLUMNS }));
  #ruled; // what the switches were made of

  /** Puts itself there unless it is; answers what follows it. */
  standBefore(place, body) {
    if (place !== this.#element) {
      body.insertBefore(this.#element, place);
      body.insertBefore(this.#chains, place);
    }
    return this.#chains.nextElementSibling;
  }

  remove() {
    this.#element.remove();
    this.#chains.remove();
  }

  show(user, sums, { units, samples }) {
    this.#showName(user);
    this.#showFigures(user, units);
    this.#showShare(user, sums, units);
    this.#showVerdict(user);
    this.#showRules(user);
    this.#line.show(samples.map((sample) => bytesPerSecond(sample.rows.get(user.key))));
  }

  #showName(user) {
    this.#dot.className = `dot ${seriesClass(user.uid)}`;
    const name = nameOf(user);
    if (this.#name.dataset.name !== name) {
      this.#name.dataset.name = name;
      this.#name.replaceChildren(...nameParts(user, name));
    }
  }

  #showFigures(user, units) {
    setText(this.#down, rateText(user.now?.rxBytesPerSecond, units));
    setText(this.#up, rateText(user.now?.txBytesPerSecond, units));
    setText(this.#received, user.rx > 0 ? amount(user.rx, units) : '–');
    setText(this.#sent, user.tx > 0 ? amount(user.tx, units) : '–');
  }

  #showShare(user, sums, units) {
    const all = sums.rx + sums.tx;
    const used = user.rx + user.tx;
    const part = (bytes) => `${all > 0 ? (100 * bytes) / all : 0}%`;
    styled(this.#foreground, 'width', part(user.foreground ?? 0));
    styled(this.#background, 'width', part(used - (user.foreground ?? 0)));
    setText(this.#share, used > 0 ? percent(used, all) : '–');
    this.#bar.title =
      user.foreground === undefined
        ? ''
        : `Foreground ${amount(user.foreground, units)}, background ${amount(user.background, units)}`;
  }

  #showVerdict(user) {
    const { level, text } = standing(user.doc);
    this.#chip.className = `verdict-chip ${level}`;
    setText(this.#chip, text);
  }

  /** Anew only when something changed: a switch in use must not be taken away. */
  #showRules(user) {
    const chains = state().chains.map(({ chain, enabled }) => [
      chain,
      enabled,
      isListed(chain, user.uid),
    ]);
    const made = JSON.stringify([user.uid, mayChange(), chains]);
    if (user.uid === undefined || !mayChange() || made === this.#ruled) {
      return;
    }
    this.#ruled = made;
    const name = nameOf(user);
    refill(this.#block, ruleSwitch(BLOCK, user, `Block ${name}`));
    refill(this.#metered, ruleSwitch(BLOCK_METERED, user, `Block ${name} on metered networks`));
    if (this.#more.childElementCount === 0) {
      this.#more.append(this.#expander(name));
    }
    refill(this.#chains.firstElementChild, chainGrid(user));
  }

  #expander(name) {
    return el('button', {
      type: 'button',
      class: 'expander',
      'aria-expanded': 'false',
      'aria-label': `Chains of ${name}`,
      onclick: (event) => {
        this.#chains.hidden = !this.#chains.hidden;
        event.currentTarget.setAttribute('aria-expanded', String(!this.#chains.hidden));
      },
    });
  }
}

function nameParts(user, name) {
  if (user.uid === undefined) {
    return [el('bdi', { class: 'nobody' }, name)];
  }
  const link = el('a', { href: `#uid=${user.uid}` }, el('bdi', {}, name));
  return user.name === undefined
    ? [link]
    : [link, el('span', { class: 'muted number' }, String(user.uid))];
}

function rateText(bytes, units) {
  return bytes > 0 ? rate(bytes, units) : '–';
}

function bytesPerSecond(row) {
  return row === undefined ? 0 : row.rxBytesPerSecond + row.txBytesPerSecond;
}
