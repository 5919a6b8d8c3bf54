/** Who is signed in: by a link that works once, or by a token that was pasted. */

import { ask, send, whenSignedOut } from './api.js';
import { put } from './store.js';
import { byId } from './dom.js';

const KEY = 'uidnet.session';
const CODE = /^#code=(.+)$/;

/** Signs in by the code in the URL, or as before in this tab; else asks for it. */
export async function enter() {
  whenSignedOut((reason) => leave(reason));
  byId('entrance-form').addEventListener('submit', takeToken);
  byId('sign-out').addEventListener('click', signOut);
  // A link that is opened in a tab that shows the page already changes the fragment only.
  addEventListener('hashchange', enterByCode);
  const kept = sessionStorage.getItem(KEY);
  if (await enterByCode()) {
    return;
  }
  if (kept !== null) {
    put({ session: JSON.parse(kept) });
  } else {
    leave();
  }
}

/** False if the URL has no code. */
async function enterByCode() {
  const code = takeCode();
  if (code !== undefined) {
    await tryTo(() => send('POST', '/v1/session', { code }));
  }
  return code !== undefined;
}

/** Out of the URL at once: it must not stay in the history, nor be sent or copied again. */
function takeCode() {
  const code = CODE.exec(location.hash)?.[1];
  if (code !== undefined) {
    history.replaceState(null, '', location.pathname);
  }
  return code;
}

async function tryTo(signIn) {
  try {
    keep(await signIn());
  } catch (error) {
    leave(error.message);
  }
}

function keep(session) {
  sessionStorage.setItem(KEY, JSON.stringify(session));
  put({ session, entrance: undefined });
}

function takeToken(event) {
  event.preventDefault();
  const field = byId('token');
  const token = field.value.trim();
  field.value = '';
  return tryTo(() => identify(token));
}

/** What a token may do. */
async function identify(token) {
  put({ session: { token } });
  return { ...(await ask('/v1/session')), token };
}

/** The page forgets all that it showed by loading anew. */
async function signOut() {
  await send('DELETE', '/v1/session').catch(() => {});
  sessionStorage.removeItem(KEY);
  location.assign('/');
}

function leave(reason) {
  sessionStorage.removeItem(KEY);
  put({ session: undefined, entrance: { reason } });
}

/** Shows either the entrance or the page behind it. */
export function showEntrance({ session, entrance }) {
  const open = session?.role !== undefined;
  byId('entrance').hidden = open || entrance === undefined;
  byId('sign-out').hidden = !open;
  byId('entrance-reason').hidden = entrance?.reason === undefined;
  byId('entrance-reason').textContent = entrance?.reason ?? '';
}
