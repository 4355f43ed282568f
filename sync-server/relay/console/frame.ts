/** What stands around every page of the console: the head, the ways between pages, who is signed in; and the pages that ask. */
import type { Account } from './accounts.ts';
import type { ConsoleAct } from './act.ts';
import type { Html, Part } from './html.ts';
import { html } from './html.ts';
import type { Page } from './pages/parts.ts';
import { PAGES } from './pages.ts';
import type { Session } from './sessions.ts';

const page = (title: string, body: Part, live: string | null = null): string =>
  `<!doctype html>${
    html`<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Relay of Joinder</title><link rel="stylesheet" href="/console.css"><script src="/console.js" defer></script></head>
<body${live === null ? null : html` data-live="${live}"`}>${body}</body></html>`.html
  }`;

function around(session: Session, current: Page | null, stuck: number, main: Part): Html {
  const { account, form } = session;
  return html`<a class="skip" href="#main">To the content</a>
    <header>
      <h1>Relay</h1>
      <nav aria-label="Pages">
        <ul>
          ${PAGES.map(
            ({ path, title }) =>
              html`<li>
                <a href="${path}" ${path === current?.path && html` aria-current="page"`}
                  >${title}${path === '/stuck' && html` <span id="stuck-count" class="badge">${stuck > 0 && String(stuck)}</span>`}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      <div class="who">
        <span>${account.name}, ${account.role}</span>
        <form method="post" action="/sign-out">
          <input type="hidden" name="form" value="${form}" /><button>Sign out</button>
        </form>
      </div>
    </header>
    <main id="main" tabindex="-1">${main}</main>`;
}

export function showPage(
  session: Session,
  current: Page,
  live: string,
  stuck: number,
  said: string | null,
  main: Html,
): string {
  return page(
    current.title,
    around(
      session,
      current,
      stuck,
      html`${said !== null && html`<p class="flash" role="status">${said}</p>`}
        <div class="title">
          <h1 class="page">${current.title}</h1>
          <p id="live" role="status"></p>
        </div>
        <div id="shown">${main}</div>`,
    ),
    live,
  );
}

export interface Asking {
  readonly name: string;
  readonly act: ConsoleAct;
  readonly subject: string;
  /** The subject in words, where the act has them. */
  readonly about: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly wrong: string | null;
}

export function showAct(session: Session, { name, act, subject, about, values, wrong }: Asking): string {
  const fields = (act.fields ?? []).map(({ name: field, label, choices, usual }) => {
    const value = values[field] ?? usual;
    const input = choices
      ? html`<select id="${field}" name="${field}">
          ${choices.map((one) => html`<option${one === value && html` selected`}>${one}</option>`)}
        </select>`
      : html`<input
          id="${field}"
          name="${field}"
          value="${value}"
          autocomplete="off"
          ${wrong !== null && html` aria-invalid="true" aria-describedby="wrong"`}
        />`;
    return html`<p><label for="${field}">${label}</label>${input}</p>`;
  });
  return page(
    act.title,
    around(
      session,
      null,
      0,
      html`<section class="ask">
        <h1 class="page">${act.title}</h1>
        ${about !== null && html`<p><strong>${about}</strong></p>`}${about === null && subject !== '' && html`<p><code class="whole">${subject}</code></p>`}
        ${act.says(subject).map((line) => html`<p>${line}</p>`)}${wrong !== null && html`<p id="wrong" class="see" role="alert">▲ ${wrong}</p>`}
        <form method="post" action="/act/${name}">
          <input type="hidden" name="form" value="${session.form}" /><input
            type="hidden"
            name="of"
            value="${subject}"
          />${fields}
          <p class="buttons"><button class="main">${act.button}</button> <a href="${act.page}">Cancel</a></p>
        </form>
      </section>`,
    ),
  );
}

export const showSignIn = (name: string, wrong: string | null): string =>
  page(
    'Sign in',
    html`<main id="main" class="sign-in">
      <h1 class="page">Relay of Joinder</h1>
      <p>For its administrators. The relay keeps and passes on what it cannot read: no case can be seen here.</p>
      ${wrong !== null && html`<p id="wrong" class="see" role="alert">▲ ${wrong}</p>`}
      <form method="post" action="/sign-in">
        <p>
          <label for="name">Account</label
          ><input
            id="name"
            name="name"
            value="${name}"
            autocomplete="username"
            autocapitalize="none"
            required${name === '' && html` autofocus`}
          />
        </p>
        <p>
          <label for="password">Password</label
          ><input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required${name !== '' && html` autofocus`}
          />
        </p>
        <p class="buttons"><button class="main">Sign in</button></p>
      </form>
      <p class="none">Accounts are made on this machine: <code>relay console user add NAME</code>.</p>
    </main>`,
  );

export const showNotHere = (account: Account | null): string =>
  page(
    'Not here',
    html`<main id="main" class="sign-in">
      <h1 class="page">Not here</h1>
      <p>
        There is no such page${account !== null && account.role === 'auditor' && ', or an auditor may not do that'}.
        <a href="/">Overview</a>
      </p>
    </main>`,
  );
