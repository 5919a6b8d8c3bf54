/** Starts the page: views first, then who is signed in, then the streams. */

import { get as state, put, seesAll, watch } from './store.js';
import { byId } from './dom.js';
import { enter, showEntrance } from './session.js';
import { live } from './live.js';
import { startChains } from './chains.js';
import { startChart } from './chart.js';
import { startDevice } from './device.js';
import { startFooter } from './footer.js';
import { startHeader } from './header.js';
import { startTable } from './table.js';
import { startTiles } from './tiles.js';
import { startTimeline } from './timeline.js';
import { startTruth } from './truth.js';
import { startUidPage } from './uid.js';

const UID = /^#uid=(\d{1,10})$/;

let ending;

function start() {
  startHeader();
  startTiles();
  startDevice();
  startChart();
  startTimeline();
  startTruth();
  startTable();
  startChains();
  startFooter();
  startUidPage();
  watch(['session', 'entrance'], showEntrance);
  watch(['session', 'page'], showPage);
  watch(['session'], followSession);
  addEventListener('hashchange', readPage);
  enter();
}

function readPage() {
  const uid = seesAll() ? UID.exec(location.hash)?.[1] : state().session?.uid;
  const page = uid === undefined ? { name: 'overview' } : { name: 'uid', uid: Number(uid) };
  if (location.hash !== '#main') {
    put({ page });
  }
}

function showPage({ session, page }) {
  const open = session?.role !== undefined;
  byId('overview').hidden = !open || page.name !== 'overview';
  byId('uid').hidden = !open || page.name !== 'uid';
  put({ samples: state().samples }); // what was hidden has not followed
}

/** Streams live as long as the session does. */
function followSession({ session }) {
  const open = session?.role !== undefined;
  if (open && ending === undefined) {
    ending = new AbortController();
    readPage();
    live(ending.signal);
  } else if (!open && ending !== undefined) {
    ending.abort();
    ending = undefined;
  }
}

start();
