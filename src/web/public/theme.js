// Runs before the first paint, so that the page does not flash in the wrong theme; the CSP allows no inline script.
(() => {
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('holdfast.preferences') || '{}') || {};
  } catch {
    saved = {};
  }
  const dark =
    saved.theme === 'dark' || (saved.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
