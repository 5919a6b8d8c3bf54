/** Streams of the daemon: read by fetch, for EventSource cannot send the token. */

import { request, withParameters } from './api.js';

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

/** The daemon beats every 15 s; a connection that is silent for longer is dead. */
const SILENCE = 40_000;

/**
 * Follows a stream until `signal` says stop, and comes back after a loss where it left off.
 *
 * @param onEvent called with each event, as an object with its name in `event`
 * @param onState called with true when it is open, with false when it is lost
 */
export async function follow(path, { parameters, signal, onEvent, onState }) {
  const target = withParameters(path, { ...parameters, format: 'jsonl' });
  let lastId;
  let pause = FIRST_PAUSE;
  while (!signal.aborted) {
    try {
      for await (const event of read(target, lastId, signal, () => onState(true))) {
        lastId = event.id ?? lastId;
        pause = FIRST_PAUSE;
        onEvent(event);
      }
    } catch (error) {
      if (error.status === 401 || error.status === 403) {
        return;
      }
    }
    if (!signal.aborted) {
      onState(false);
      await sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }
}

async function* read(target, lastId, signal, onOpen) {
  const watchdog = new Watchdog(signal);
  try {
    const answer = await request(target, {
      signal: watchdog.signal,
      headers: lastId === undefined ? {} : { 'Last-Event-ID': lastId },
    });
    onOpen();
    for await (const line of lines(answer.body, watchdog)) {
      yield JSON.parse(line);
    }
  } finally {
    watchdog.stop();
  }
}

async function* lines(body, watchdog) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    watchdog.beat();
    const parts = (rest + value).split('\n');
    rest = parts.pop();
    yield* parts.filter((line) => line !== '');
  }
}

/** Ends a request that is silent for too long, or when the caller says so. */
class Watchdog {
  #abort = new AbortController();
  #timer;

  constructor(signal) {
    signal.addEventListener('abort', () => this.#abort.abort(), { once: true });
    this.beat();
  }

  get signal() {
    return this.#abort.signal;
  }

  beat() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#abort.abort(), SILENCE);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
