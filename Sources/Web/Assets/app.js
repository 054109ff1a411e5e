// FirstBell works without this file; it only makes it nicer. Nothing here holds or sends what a form would not.
'use strict';

// Menus: one at a time, closed by Escape and by a press outside.
const menus = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of menus()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector('summary').focus();
  }
});

document.addEventListener('click', (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const shows = event.target.closest('[data-shows]');
  if (shows) switchShown(shows, event);
  if (event.target.closest('[data-prints]')) window.print();
});

// Keyboard users who tab out of a menu leave it behind closed.
document.addEventListener('focusin', (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Show and Hide of a password field: a switch instead of a page.
const switchShown = (control, event) => {
  const field = document.getElementById(control.dataset.shows);
  if (!field) return;
  event.preventDefault();
  const shown = field.type === 'password';
  field.type = shown ? 'text' : 'password';
  control.setAttribute('aria-pressed', String(shown));
};

for (const control of document.querySelectorAll('[data-shows]')) {
  control.setAttribute('role', 'button');
  control.setAttribute('aria-pressed', 'false');
  control.addEventListener('keydown', (event) => {
    if (event.key === ' ') switchShown(control, event);
  });
}

for (const control of document.querySelectorAll('[data-prints]')) control.hidden = false;

// A form that is pressed twice is sent once; the server would find the first act anyway.
document.addEventListener('submit', (event) => {
  // A form marked data-again fetches a file: the page stays, and the file may be asked for again.
  if (event.defaultPrevented || event.target.method !== 'post' || 'again' in event.target.dataset) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = 'yes';
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// Takes parts of a freshly fetched page over; whoever is working inside one is left alone.
const takeOver = (page, ids) => {
  for (const id of ids) {
    const old = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (!old || !fresh || old.contains(document.activeElement)) continue;
    if (old.getAttribute('role') === 'status') {
      if (old.textContent !== fresh.textContent) old.textContent = fresh.textContent;
    } else {
      old.replaceWith(fresh);
    }
  }
};

const fetched = async (address, options) => {
  const answer = await fetch(address, { headers: { 'By-Itself': 'yes' }, ...options });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
};

// A live page renews itself every two seconds while something is under way, slower when the server does not answer.
const renew = async (wait) => {
  const live = document.querySelector('[data-live]:not([data-told])');
  if (!live) return;
  let next = 2000;
  try {
    if (!document.hidden) {
      const ids = ['far', ...live.dataset.renews.split(' '), live.id];
      takeOver(await fetched(location.href, { headers: { Accept: 'text/html' } }), ids);
    }
  } catch {
    next = Math.min(wait * 2, 60000);
  }
  setTimeout(() => renew(next), next);
};
setTimeout(() => renew(2000), 2000);

// The Send dialog counts anew when another tracker is ticked.
for (const form of document.querySelectorAll('form[data-recounts]')) {
  let newest = 0;
  form.addEventListener('change', async (event) => {
    if (!['checkbox', 'radio', 'select-one'].includes(event.target.type)) return;
    const mine = ++newest;
    const fields = new URLSearchParams(new FormData(form));
    fields.set('count', 'again');
    try {
      const page = await fetched(form.action, { method: 'POST', body: fields });
      if (mine === newest) takeOver(page, form.dataset.recounts.split(' '));
    } catch {
      // The count stays; Count again does it by hand.
    }
  });
}

// A long list of checkboxes gets a field that narrows it; what is ticked stays in sight.
for (const field of document.querySelectorAll('[data-narrows]')) {
  const input = field.querySelector('input');
  const ticks = document.querySelectorAll(`#${field.dataset.narrows} .tick`);
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  field.hidden = false;
  input.addEventListener('input', () => {
    const sought = plain(input.value).split(/\s+/);
    for (const tick of ticks) {
      const box = tick.querySelector('input');
      tick.hidden = !box.checked && box.name !== 'all' && !sought.every((word) => plain(tick.textContent).includes(word));
    }
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
}
