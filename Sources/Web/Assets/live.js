// The page of a mailing is told what happens to its mails. Without this file, or without a line, it renews itself.
'use strict';

const told = () => document.querySelector('[data-live][data-events]');
const kept = new Map();
let line = null;

// Whoever works in a part finds it as it was; it follows when they leave it.
const put = (fresh) => {
  const old = document.getElementById(fresh.id);
  if (!old) return;
  if (old.contains(document.activeElement)) {
    kept.set(fresh.id, fresh);
    return;
  }
  kept.delete(fresh.id);
  const opened = old.querySelectorAll('details');
  fresh.querySelectorAll('details').forEach((each, number) => { each.open = opened[number]?.open ?? false; });
  if (!old.isEqualNode(fresh)) old.replaceWith(fresh);
};

document.addEventListener('focusout', () => setTimeout(() => [...kept.values()].forEach(put)));

const hangUp = () => {
  line?.close();
  line = null;
};

// Too many listen, or something on the way lets no line through: then the page asks, as others do.
const ask = () => {
  hangUp();
  const live = told();
  if (!live) return;
  delete live.dataset.told;
  renew(5000);
};

const listen = () => {
  const live = told();
  if (!live || line || document.hidden) return;
  live.dataset.told = '';
  line = new EventSource(live.dataset.events);
  line.addEventListener('parts', (event) => {
    const parts = document.createElement('template');
    parts.innerHTML = event.data;
    // Rows come in a table of their own: elsewhere a browser would read none.
    [...parts.content.children].flatMap((part) => (part.id ? [part] : [...part.rows])).forEach(put);
  });
  line.addEventListener('done', () => {
    hangUp();
    delete live.dataset.live;
    say();
  });
  line.addEventListener('elsewhere', ask);
  line.addEventListener('error', () => {
    if (line?.readyState === EventSource.CLOSED) ask();
  });
};

// A browser has few lines to one site: a page that nobody sees gives its line back.
document.addEventListener('visibilitychange', () => (document.hidden ? hangUp() : listen()));
window.addEventListener('pagehide', hangUp);
window.addEventListener('pageshow', listen);

setInterval(() => {
  for (const number of document.querySelectorAll('[data-counts-down]')) {
    number.textContent = String(Math.max(0, Number(number.textContent) - 1));
  }
}, 1000);

// Read aloud is only how far it is, and that at most every ten seconds.
let said = document.getElementById('far')?.textContent;
const say = () => {
  const far = document.getElementById('far')?.textContent;
  const aloud = document.querySelector('[data-says]');
  if (!aloud || far === said) return;
  said = far;
  aloud.textContent = far;
};
setInterval(say, 10000);
