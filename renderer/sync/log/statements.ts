/**
 * Directories from the relay: asks for statements that are missing, has each verified, and says where the relay gave what
 * an authority did not sign, or less than before. What it cannot verify changes nothing.
 */
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import type { Directories } from './directories.ts';
import type { Link } from './link.ts';
import type { LogNews } from './news.ts';

type DirectoryMessage = Extract<FromRelay, { t: 'directory' }>;

export interface StatementsContext {
  readonly directories: Directories;
  readonly link: () => Link;
  readonly news: LogNews;
  /** Whether it is no wonder that the relay has less of a directory: it was restored, and has not had all of it since. */
  readonly mayLack: (org: OrgId, isWhole: boolean) => Promise<boolean>;
  /** Posts may have been added. */
  readonly extended: () => Promise<void>;
}

export class Statements {
  private readonly context: StatementsContext;

  constructor(context: StatementsContext) {
    this.context = context;
  }

  /** What a link begins with: where each directory stands. `held` is what this device had when the link opened. */
  async welcomed(said: readonly { org: OrgId; n: number }[], held: ReadonlyMap<OrgId, number>): Promise<void> {
    for (const { org, n } of said) {
      const known = held.get(org) ?? 0;
      const mayLack = await this.context.mayLack(org, n >= known);
      if (n < known && !mayLack) this.context.news.falseDirectory(org, 'gone back');
      if (n > known) await this.fetch(org);
    }
  }

  async fetch(org: OrgId): Promise<void> {
    const after = this.context.directories.current(org)?.n ?? 0;
    const answer = await this.context.link().ask<'directory'>({ t: 'statements', org, after });
    if (answer?.t === 'directory') await this.take(answer);
  }

  async take({ q, org, after, statements, n }: DirectoryMessage): Promise<void> {
    const { directories, news, link } = this.context;
    const before = directories.current(org)?.n ?? 0;
    const verdict = await directories.extend(org, after, statements);
    const now = directories.current(org)?.n ?? 0;
    if (!verdict.ok && (verdict.cause === 'bad signature' || verdict.cause === 'fork' || verdict.cause === 'malformed'))
      news.falseDirectory(org, 'unsigned');
    if (!verdict.ok && verdict.cause === 'gap' && q === null) return this.fetch(org); // news that overtook others
    if (now === before) return;
    await this.context.extended();
    if (org === directories.own) await this.fetchPartners();
    news.directoryChanged();
    if (now < n && link().open && verdict.ok) await this.fetch(org); // more than one answer takes
  }

  private async fetchPartners(): Promise<void> {
    const { directories, link } = this.context;
    for (const partner of directories.partners())
      if (!directories.current(partner) && link().open) await this.fetch(partner);
  }
}
