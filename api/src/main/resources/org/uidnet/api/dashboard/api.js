/** Requests to the daemon that served this page. */

import { get as state } from './store.js';

/** An answer that is no success. `message` is the daemon's own sentence. */
class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `The daemon answered ${status}.`);
    this.status = status;
  }
}

let onSignedOut = () => {};

/** Who is told that the session is not valid any more. */
export function whenSignedOut(listener) {
  onSignedOut = listener;
}

export function ask(path, parameters = {}) {
  return send('GET', withParameters(path, parameters));
}

export async function send(method, path, body) {
  const answer = await request(path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return answer.json();
}

/** All pages of a list, up to a bound that keeps the page quick. */
export async function askAll(path, parameters, list, pages = 5) {
  const first = await ask(path, { ...parameters, limit: 1000 });
  const rows = first[list];
  let cursor = first.nextCursor;
  for (let page = 1; cursor && page < pages; page++) {
    const next = await ask(path, { ...parameters, limit: 1000, cursor });
    rows.push(...next[list]);
    cursor = next.nextCursor;
  }
  return { ...first, more: Boolean(cursor) };
}

/** The answer itself, for those that go on. */
export async function request(path, options = {}) {
  const token = state().session?.token;
  const headers = { ...options.headers, ...(token && { Authorization: `Bearer ${token}` }) };
  const answer = await fetch(path, { ...options, headers, cache: 'no-store' });
  if (!answer.ok) {
    throw await failure(answer, token);
  }
  return answer;
}

async function failure(answer, token) {
  const error = new ApiError(answer.status, await answer.json().catch(() => ({})));
  if (answer.status === 401 && token !== undefined && token === state().session?.token) {
    onSignedOut(error.message);
  }
  return error;
}

export function withParameters(path, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
