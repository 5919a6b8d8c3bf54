/** What the chart draws, out of what the store has. Pure but for the colours. */

import { BANDS, keyOf } from './queries.js';
import { assign, seriesColor } from './palette.js';
import { SAMPLES } from './live.js';

/** Seconds that the live chart shows at least. */
const FEWEST = 60;

const OF_RATE = {
  both: (row) => row.rxBytesPerSecond + row.txBytesPerSecond,
  rx: (row) => row.rxBytesPerSecond,
  tx: (row) => row.txBytesPerSecond,
};

const OF_BYTES = {
  both: (row) => row.rxBytes + row.txBytes,
  rx: (row) => row.rxBytes,
  tx: (row) => row.txBytes,
};

/** The last minutes, second by second, as rates. */
export function liveBands({ samples, direction }) {
  const value = OF_RATE[direction];
  const users = usersOf(samples);
  const bands = assign(busiest(samples, value)).map((uid) => ({
    row: users.get(uid),
    values: samples.map(({ rows }) => (rows.has(uid) ? value(rows.get(uid)) : 0)),
  }));
  return {
    times: samples.map(({ time }) => time),
    bands: withOthers(
      bands,
      samples.map(({ total }) => value(total)),
    ),
    bars: false,
    perSecond: true,
    span: liveSpan(samples),
  };
}

function usersOf(samples) {
  return new Map(samples.flatMap(({ rows }) => [...rows]));
}

/** UIDs that flowed most, as many as have colours. */
function busiest(samples, value) {
  const sums = new Map();
  for (const { seconds, rows } of samples) {
    for (const [uid, row] of rows) {
      sums.set(uid, (sums.get(uid) ?? 0) + value(row) * seconds);
    }
  }
  return [...sums]
    .filter(([uid]) => typeof uid === 'number')
    .sort(([, a], [, b]) => b - a)
    .slice(0, BANDS)
    .map(([uid]) => uid);
}

function liveSpan(samples) {
  const last = samples.at(-1) ?? { time: Date.now(), seconds: 1 };
  const shown = Math.min(Math.max(samples.length - 1, FEWEST), SAMPLES);
  return [last.time - shown * last.seconds * 1000, last.time];
}

/** Whole buckets, as bytes in each. */
export function historyBands({ history, direction }) {
  const value = OF_BYTES[direction];
  const place = new Map(history.total.map((bucket, i) => [bucket.start, i]));
  const values = new Map(history.uids.map((row) => [row.uid, history.total.map(() => 0)]));
  for (const bucket of history.each) {
    values.get(bucket.uid)[place.get(bucket.start)] = value(bucket);
  }
  const rows = new Map(history.uids.map((row) => [keyOf(row), row]));
  const bands = assign([...values.keys()]).map((uid) => ({
    row: rows.get(uid),
    values: values.get(uid),
  }));
  return {
    times: history.total.map((bucket) => Date.parse(bucket.start)),
    bands: withOthers(bands, history.total.map(value)),
    bars: true,
    perSecond: false,
    span: [history.from, history.to].map((text) => Date.parse(text)),
  };
}

/** What is left of the total is the last band; colours are looked up when all are known. */
function withOthers(bands, total) {
  const others = total.map((sum, i) =>
    Math.max(
      0,
      bands.reduce((rest, band) => rest - band.values[i], sum),
    ),
  );
  return [...bands, { row: undefined, values: others }].map((band) => ({
    ...band,
    color: seriesColor(band.row?.uid),
  }));
}

/** One user's buckets, by interface. */
export function interfaceBands({ buckets, from, to }) {
  const starts = [...new Set(buckets.map((bucket) => bucket.start))].sort();
  const place = new Map(starts.map((start, i) => [start, i]));
  const values = new Map();
  for (const bucket of buckets) {
    const name = bucket.iface ?? 'unknown';
    const row = values.get(name) ?? starts.map(() => 0);
    row[place.get(bucket.start)] += OF_BYTES.both(bucket);
    values.set(name, row);
  }
  const style = getComputedStyle(document.documentElement);
  const bands = [...values].map(([name, row], i) => {
    const seriesClass = i < BANDS ? `series-${i}` : 'series-other';
    return { name, seriesClass, values: row, color: style.getPropertyValue(`--${seriesClass}`) };
  });
  const times = starts.map((start) => Date.parse(start));
  const first = Math.min(times[0] ?? Date.parse(from), Date.parse(from));
  return { times, bands, bars: true, perSecond: false, span: [first, Date.parse(to)] };
}
