/** A small line without axes: how busy somebody was lately. */

import { svg } from './dom.js';

const WIDTH = 96;
const HEIGHT = 22;

/** Seconds that it shows. */
const SHOWN = 60;

export function sparkline() {
  const area = svg('path', { class: 'area' });
  const line = svg('path', { class: 'line' });
  const drawing = svg(
    'svg',
    { class: 'sparkline', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' },
    area,
    line,
  );
  return { drawing, show: (values) => draw(line, area, padded(values)) };
}

/** The latest at the right end, also while there are few. */
function padded(values) {
  const last = values.slice(-SHOWN);
  return [...new Array(SHOWN - last.length).fill(0), ...last];
}

function draw(line, area, values) {
  const most = Math.max(...values, 1);
  const step = WIDTH / (SHOWN - 1);
  const points = values.map((value, i) => {
    // The square root: who sends little is seen beside who sends much.
    const height = Math.sqrt(value / most) * (HEIGHT - 3);
    return `${(i * step).toFixed(1)},${(HEIGHT - 1.5 - height).toFixed(1)}`;
  });
  line.setAttribute('d', `M${points.join('L')}`);
  area.setAttribute('d', `M0,${HEIGHT}L${points.join('L')}L${WIDTH},${HEIGHT}Z`);
}
