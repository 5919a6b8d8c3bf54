/** Bands of numbers over time, one upon the other, drawn by uPlot; a time can be dragged out of it. */

import { amount, axisUnit, day, minute, time } from './format.js';

/* global uPlot */

const NARROW = 560;
const HEIGHT = { wide: 264, narrow: 200 };
const GUTTER = { wide: 84, narrow: 64 };
const ROOM_ABOVE = 1.08;
const SHORTEST_DRAG = 4;
const DAY = 86_400;
const MINUTE = 60;

/** Ticks at powers of two, so that they are whole KiB. */
const BINARY_STEPS = Array.from({ length: 60 }, (_, power) => 2 ** power);

export class Plot {
  #container;
  #listeners;
  #chart;
  #signature;
  #shown;

  /**
   * @param listeners `onSelect({from, to})`, `onHover(index)`, `onDraw()`
   */
  constructor(container, listeners) {
    this.#container = container;
    this.#listeners = listeners;
    new ResizeObserver(() => this.#resize()).observe(container);
  }

  /**
   * @param shown {times, bands: [{color, values}], bars, span, units, perSecond, selection}; times in
   *     milliseconds
   */
  show(shown) {
    this.#shown = shown;
    const signature = this.#signatureOf(shown);
    if (signature === this.#signature) {
      this.#chart.setData(this.#data());
    } else {
      this.#signature = signature;
      this.#rebuild();
    }
    this.#placeSelection();
  }

  /** Where a time is, in CSS pixels from the left edge of the container; may be outside. */
  left(millis) {
    return this.#chart.valToPos(millis / 1000, 'x') + this.gutter;
  }

  get gutter() {
    return this.#isNarrow ? GUTTER.narrow : GUTTER.wide;
  }

  moveCursor(index) {
    const left = this.#chart.valToPos(this.#chart.data[0][index], 'x');
    this.#chart.setCursor({ left, top: 0 });
  }

  get #isNarrow() {
    return this.#container.clientWidth < NARROW;
  }

  #signatureOf({ bands, bars, units, perSecond }) {
    return [bars, units, perSecond, this.#isNarrow, ...bands.map((band) => band.color)].join();
  }

  #rebuild() {
    this.#chart?.destroy();
    this.#chart = new uPlot(this.#options(), this.#data(), this.#container);
    this.#chart.over.addEventListener('dblclick', () => this.#listeners.onSelect(undefined));
  }

  #resize() {
    if (this.#chart && this.#container.clientWidth > 0) {
      if (this.#signatureOf(this.#shown) !== this.#signature) {
        this.show(this.#shown);
      } else {
        this.#chart.setSize(this.#size());
      }
    }
  }

  #size() {
    const height = this.#isNarrow ? HEIGHT.narrow : HEIGHT.wide;
    return { width: Math.max(this.#container.clientWidth, 1), height };
  }

  /** Sums from the bottom up, the highest first: each is painted over those that reach higher. */
  #data() {
    const { times, bands, units } = this.#shown;
    const { perByte } = axisUnit(units);
    let below = times.map(() => 0);
    const sums = bands.map(({ values }) => {
      below = values.map((value, i) => below[i] + value * perByte);
      return below;
    });
    return [times.map((millis) => millis / 1000), ...sums.reverse()];
  }

  #options() {
    const { bands, bars } = this.#shown;
    const paths = bars ? uPlot.paths.bars({ size: [0.86, 64], align: 1 }) : uPlot.paths.linear();
    return {
      ...this.#size(),
      padding: [8, 24, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
      },
      scales: {
        x: { time: true, range: () => this.#shown.span.map((millis) => millis / 1000) },
        y: { range: (chart, least, most) => [0, Math.max(most * ROOM_ABOVE, 1)] },
      },
      axes: this.#axes(),
      series: [
        {},
        ...[...bands].reverse().map(({ color }) => ({
          paths,
          fill: color,
          stroke: color,
          width: 0,
          points: { show: false },
        })),
      ],
      hooks: {
        setSelect: [(chart) => this.#onSelect(chart)],
        setCursor: [(chart) => this.#listeners.onHover(chart.cursor.idx ?? undefined)],
        draw: [() => this.#listeners.onDraw()],
      },
    };
  }

  #axes() {
    const style = getComputedStyle(document.documentElement);
    const common = {
      stroke: style.getPropertyValue('--muted'),
      font: '11px system-ui, sans-serif',
      ticks: { show: false },
    };
    const grid = { stroke: style.getPropertyValue('--line'), width: 1 };
    const { units, perSecond } = this.#shown;
    const { perByte, binary } = axisUnit(units);
    const label = (value) => amount(value / perByte, units) + (perSecond ? '/s' : '');
    return [
      { ...common, grid: { show: false }, size: 28, space: 70, values: timeLabels },
      {
        ...common,
        grid,
        size: this.gutter,
        space: 44,
        ...(binary && { incrs: BINARY_STEPS }),
        values: (chart, splits) => splits.map((value) => (value === 0 ? '0' : label(value))),
      },
    ];
  }

  #onSelect(chart) {
    if (chart.select.width >= SHORTEST_DRAG) {
      const [from, to] = [chart.select.left, chart.select.left + chart.select.width].map((left) =>
        Math.round(chart.posToVal(left, 'x') * 1000),
      );
      this.#listeners.onSelect({ from, to });
    }
  }

  #placeSelection() {
    const { selection } = this.#shown;
    const chart = this.#chart;
    const edge = (millis) =>
      Math.min(Math.max(chart.valToPos(millis / 1000, 'x'), 0), chart.over.clientWidth);
    const left = selection ? edge(selection.from) : 0;
    const width = selection ? edge(selection.to) - left : 0;
    chart.setSelect({ left, width, top: 0, height: chart.over.clientHeight }, false);
  }
}

/** Days at midnight, else the time of day. */
function timeLabels(chart, splits, axis, space, step) {
  return splits.map((seconds) => {
    const millis = seconds * 1000;
    if (step >= DAY || minute(millis) === '00:00') {
      return day(millis);
    }
    return step >= MINUTE ? minute(millis) : time(millis);
  });
}
