// Runs before the page is painted, so that it never flashes in the other colours.

const darkSystem = matchMedia('(prefers-color-scheme: dark)');

/** Puts the colours that were chosen, else the system's. */
function applyTheme() {
  const chosen = localStorage.getItem('uidnet.theme');
  const dark = chosen === 'dark' || (chosen !== 'light' && darkSystem.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

darkSystem.addEventListener('change', applyTheme);
applyTheme();
