/** How amounts, times and names are written; amounts as the command `uidnet` writes them. */

const UNITS = {
  iec: { step: 1024, perByte: 1, names: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] },
  si: { step: 1000, perByte: 1, names: ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] },
  bits: { step: 1000, perByte: 8, names: ['bit', 'kbit', 'Mbit', 'Gbit', 'Tbit', 'Pbit', 'Ebit'] },
};

export const UNIT_CHOICES = [
  { value: 'iec', label: 'KiB', title: 'Powers of 1,024' },
  { value: 'si', label: 'kB', title: 'Powers of 1,000' },
  { value: 'bits', label: 'kbit', title: 'Bits, in powers of 1,000' },
];

const LONGEST_NAME = 80;

/** What makes no mark on paper, or reorders what does: control and format characters and the like. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** The number and the unit apart, three digits at least: `['1.50', 'MiB']`. */
export function amountParts(bytes, units) {
  const { step, perByte, names } = UNITS[units];
  let value = Math.abs(bytes) * perByte;
  let unit = 0;
  while (unit < names.length - 1 && value >= (unit === 0 ? step : step - 0.5)) {
    value /= step;
    unit++;
  }
  return [(bytes < 0 ? '−' : '') + digits(value, unit), names[unit]];
}

function digits(value, unit) {
  const decimals = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return value.toFixed(decimals);
}

export function amount(bytes, units) {
  return amountParts(bytes, units).join(' ');
}

export function rate(bytesPerSecond, units) {
  return `${amount(bytesPerSecond, units)}/s`;
}

/** What a chart's axis counts in: its numbers per byte, and whether steps are powers of two. */
export function axisUnit(units) {
  return { perByte: UNITS[units].perByte, binary: units === 'iec' };
}

export function count(number) {
  return number.toLocaleString('en-US');
}

export function percent(part, whole) {
  if (whole <= 0) {
    return '–';
  }
  const share = (100 * part) / whole;
  return share > 0 && share < 0.1 ? '<0.1 %' : `${share.toFixed(share >= 99.95 ? 0 : 1)} %`;
}

const TIME = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const MINUTE = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' });

export const time = (millis) => TIME.format(millis);
export const minute = (millis) => MINUTE.format(millis);
export const day = (millis) => DAY.format(millis);
export const month = (millis) => MONTH.format(millis);
export const dayAndTime = (millis) => `${DAY.format(millis)}, ${TIME.format(millis)}`;

/** `28 Nov, 10:02`. */
export const moment = (millis) => `${DAY.format(millis)}, ${MINUTE.format(millis)}`;

/** `28 Nov, 10:02 – 10:07`. */
export function span(from, to) {
  const end = day(from) === day(to) ? '' : `${day(to)}, `;
  const clock = to - from < 5 * 60_000 ? time : minute;
  return `${day(from)}, ${clock(from)} – ${end}${clock(to)}`;
}

const PARTS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** `5 d 3 h`, the two largest parts. */
export function duration(seconds) {
  const parts = [];
  let rest = Math.floor(seconds);
  for (const [size, name] of PARTS) {
    const number = Math.floor(rest / size);
    rest -= number * size;
    if (number > 0) {
      parts.push(`${number} ${name}`);
    }
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}

/** Untrusted text, fit to be shown. */
export function plain(text) {
  const visible = text.replace(INVISIBLE, '');
  const letters = Array.from(visible);
  return letters.length > LONGEST_NAME
    ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…`
    : visible;
}

const KINDS = {
  foreign: 'foreign user namespace',
  removed: 'removed users',
  forwarded: 'forwarded for others',
  overflow: 'no counter was free',
};

/** A user's name, or in words what a line stands for. */
export function nameOf(row) {
  if (row.uid === undefined) {
    return KINDS[row.kind] ?? plain(row.kind ?? '');
  }
  return plain(row.name ?? '') || `UID ${row.uid}`;
}

/** `standby bucket` of `STANDBY_BUCKET` or `standbyBucket`. */
export function words(name) {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
