// Warns two minutes before a session ends, and lets whoever is there stay. Without this file the page says when it ends.
'use strict';

const dialog = document.getElementById('session');
const warning = 120;
let ends = 0;
let waiting;
let typed = false;

const count = (seconds) => {
  ends = Date.now() + seconds * 1000;
  wait();
};

// Timers stand still in a sleeping browser, so the clock is read anew whenever one goes off.
const wait = () => {
  clearTimeout(waiting);
  const left = (ends - Date.now()) / 1000;
  const next = dialog.open ? left : left - warning;
  waiting = setTimeout(look, Math.max(0, Math.min(next, 3600)) * 1000);
};

// Another page of the same person may have kept the session alive meanwhile.
const look = async () => {
  if ((ends - Date.now()) / 1000 > warning && !dialog.open) return wait();
  let left = 0;
  try {
    const answer = await fetch('/session', { headers: { 'By-Itself': 'yes' } });
    if (answer.ok && !answer.redirected) left = Number(await answer.text());
  } catch {
    left = (ends - Date.now()) / 1000;
  }
  if (left > warning) {
    if (dialog.open) dialog.close();
    return count(left);
  }
  if (left <= 0) return over();
  if (!dialog.open) dialog.showModal();
  count(left);
};

// What was typed stays on the page; otherwise nothing of it stays in sight.
const over = () => {
  clearTimeout(waiting);
  if (!typed) {
    location.replace(location.pathname + location.search);
    return;
  }
  dialog.querySelector('form').hidden = true;
  dialog.querySelector('[data-over]').hidden = false;
  if (!dialog.open) dialog.showModal();
};

document.addEventListener('input', (event) => {
  if (event.target.form?.method === 'post') typed = true;
});

// A page outside the frame of those who are signed in has no warning to show.
if (dialog) {
  dialog.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch('/session', { method: 'POST', body: new URLSearchParams() });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      dialog.close();
      count(Number(await answer.text()));
    } catch {
      over();
    }
  });

  dialog.addEventListener('click', (event) => {
    if (event.target.closest('[data-closes]')) dialog.close();
  });

  count(Number(dialog.dataset.seconds));
}
