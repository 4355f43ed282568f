/** What the console's pages are made of: what they are given, and the few things that all of them show alike. Pure. */
import type { Millis } from '../../../../shared/primitives/units.ts';
import type { Config } from '../../config/schema.ts';
import type { Stuck } from '../../observe/stuck.ts';
import { span } from '../../observe/words.ts';
import type { Act } from '../../store/acts.ts';
import type { Account } from '../accounts.ts';
import type { Html, Part } from '../html.ts';
import { html } from '../html.ts';
import type { Job, JobName } from '../jobs.ts';
import type { Snapshot } from '../snapshot.ts';

export interface Shown {
  readonly snapshot: Snapshot;
  readonly config: Config;
  readonly account: Account;
  /** Newest first. */
  readonly acts: readonly Act[];
  readonly job: (name: JobName) => Job | null;
  /** The organisation that computers are shown of; empty: all. */
  readonly org: string;
}

export interface Page {
  readonly path: string;
  readonly title: string;
  show(shown: Shown): Html;
}

/** Whether it goes on only when somebody does something: the rest is on its way, or waits for a receiver to look. */
export const wantsSomebody = ({ cause }: Stuck): boolean =>
  cause !== 'under way' && cause !== 'waiting for the receiver';

export const ago = (at: Millis | null, now: Millis): Html | string =>
  at === null
    ? 'never'
    : html`<time datetime="${new Date(at).toISOString()}">${span(Math.max(0, now - at))} ago</time>`;
export const id = (text: string): Html => html`<code title="${text}">${text.slice(0, 12)}</code>`;
export const actLink = (account: Account, name: string, words: string, subject: string): Part =>
  account.role === 'operator' &&
  html`<a class="act" href="/act/${name}?of=${encodeURIComponent(subject)}"
    >${words}<span class="unseen"> ${subject.slice(0, 12)}</span></a
  >`;
export const none = (words: string): Html => html`<p class="none">${words}</p>`;
export const table = (caption: string, heads: readonly string[], rows: readonly Html[]): Html =>
  html`<div class="wide" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption class="unseen">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
/** `state`: a word and a mark, so that no colour has to be seen. */
export const mark = (isWell: boolean, well: string, not: string): Html =>
  isWell ? html`<span class="well">✓ ${well}</span>` : html`<span class="see">▲ ${not}</span>`;

export function tile(label: string, value: string, note: Part, isWell = true): Html {
  return html`<div class="tile${isWell ? '' : ' bad'}">
    <dt>${label}</dt>
    <dd>${value}<small>${isWell ? '' : '▲ '}${note}</small></dd>
  </div>`;
}
