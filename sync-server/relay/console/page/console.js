// @ts-check
/**
 * The console's only script: takes the page's live part as the relay sends it, and puts in what differs. Without it every
 * page works and shows what was so when it was loaded. Plain JavaScript, served as it stands and checked by the compiler.
 */
const where = document.body.dataset['live'];
const shown = document.getElementById('shown');
const word = document.getElementById('live');
const badge = document.getElementById('stuck-count');

/** @param {string} text @param {boolean} isLost */
function say(text, isLost) {
  if (!word || word.textContent === text) return;
  word.textContent = text;
  word.classList.toggle('lost', isLost);
}

/** What has the focus keeps it: found again by where it leads, or by its place among the regions. */
/** @param {Element | null} active */
function focusAgain(active) {
  if (!shown || !active) return;
  const href = active.getAttribute('href');
  const label = active.getAttribute('aria-label');
  const same = [...shown.querySelectorAll('a, [tabindex]')].find((one) =>
    href === null ? one.getAttribute('aria-label') === label : one.getAttribute('href') === href,
  );
  if (same instanceof HTMLElement) same.focus({ preventScroll: true });
}

/** @param {string} html */
function put(html) {
  if (!shown) return;
  const next = new DOMParser().parseFromString(html, 'text/html').body;
  const active = shown.contains(document.activeElement) ? document.activeElement : null;
  const sections = [...shown.children];
  const others = [...next.children]; // a list that stays as it is while they are moved
  const isSameShape = sections.length === others.length && sections.every((one, i) => one.id === others[i]?.id);
  if (!isSameShape) shown.replaceChildren(...others);
  else
    sections.forEach((one, i) => {
      const other = others[i];
      if (other && one.outerHTML !== other.outerHTML) one.replaceWith(other);
    });
  if (active && !active.isConnected) focusAgain(active);
}

if (where !== undefined && shown) {
  const source = new EventSource(where);
  source.addEventListener('message', (event) => {
    /** @type {{ html: string | null, stuck: number }} */
    const said = JSON.parse(event.data);
    if (said.html !== null) put(said.html);
    if (badge) badge.textContent = said.stuck > 0 ? String(said.stuck) : '';
    say('Live', false);
  });
  source.addEventListener('over', () => {
    source.close();
    location.assign('/sign-in');
  });
  source.addEventListener('error', () =>
    say('▲ Not live: the console does not answer. What is shown may be old.', true),
  );
}
