/**
 * What this computer remembers of the relay, intake by intake: what it asked to be referred to there, and since when the
 * relay held all of a version. The first is forgotten when the relay was restored; the second, a word on screen, never is.
 */
import type { AreaId, Hash, VersionId } from '../../../../shared/primitives/ids.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import type { Session } from '../../session.ts';
import { moveName } from './moves.ts';

/** Under which name the way of a version of this package is remembered. */
export const moveOf = ({ side, posted }: PackageState, version: VersionId): string =>
  moveName(side === 'sender' ? 'up' : 'down', posted?.intake ?? null, version);

export class AtRelay {
  /** Entry and version. */
  readonly referred = new Set<string>();
  /** By the name of the move. */
  readonly arrived = new Map<string, number>();
  private readonly session: Session;
  constructor(session: Session) {
    this.session = session;
  }

  async load(): Promise<void> {
    for (const { key, value } of await this.session.records.list('at relay '))
      this.arrived.set(key.slice('at relay '.length), Number(value));
  }
  async loadReferred(): Promise<void> {
    this.referred.clear();
    for (const { key } of await this.session.records.list('referred '))
      this.referred.add(key.slice('referred '.length));
  }
  isReferred = (tag: Hash, version: VersionId): boolean => this.referred.has(`${tag} ${version}`);
  /** Whether the relay held all of a version there. */
  holds = (area: AreaId, version: VersionId): boolean => this.arrived.has(moveName('up', area, version));

  async refers(tag: Hash, version: VersionId): Promise<void> {
    this.referred.add(`${tag} ${version}`);
    await this.session.records.put(`referred ${tag} ${version}`, true);
  }
  /** The first time stands. */
  async arrives(name: string): Promise<void> {
    if (this.arrived.has(name)) return;
    this.arrived.set(name, this.session.platform.now());
    await this.session.records.put(`at relay ${name}`, this.session.platform.now());
  }
}
