/**
 * What a browser does with the console, without one: keeps the cookie, reads the word in forms, sends forms as a page of
 * this origin. For tests of what it answers to whom.
 */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export interface TestBrowser {
  get(path: string): Promise<Answered>;
  /** A form of the page at `path`, or with `form` another word than that page has. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answered>;
  /** Opens the page of an act, then sends its form. */
  act(name: string, of: string, fields?: Readonly<Record<string, string>>): Promise<Answered>;
  signIn(name: string, password: string): Promise<Answered>;
  cookie(): string;
}

export function openBrowser(url: string): TestBrowser {
  let cookie = '';

  async function ask(path: string, init: RequestInit = {}): Promise<Answered> {
    const answer = await fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string>) },
    });
    const set = answer.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? '';
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }
  const wordIn = (page: string): string => /name="form" value="([^"]+)"/.exec(page)?.[1] ?? '';

  const browser: TestBrowser = {
    cookie: () => cookie,
    get: (path) => ask(path),
    post: (path, fields, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url, ...headers },
      }),
    async act(name, of, fields = {}) {
      const { text } = await ask(`/act/${name}?of=${encodeURIComponent(of)}`);
      return browser.post(`/act/${name}`, { form: wordIn(text), of, ...fields });
    },
    signIn: (name, password) => browser.post('/sign-in', { name, password }),
  };
  return browser;
}
