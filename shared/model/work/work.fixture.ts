/** For tests only: people of two organisations with roles, and the facts they write about one case, as a relay would order them. */
import type { AreaId, WorkId } from '../../primitives/ids.ts';
import type { WorkFact } from '../facts/event.ts';
import type { Party } from '../facts/parts.ts';
import type { Reviewed } from '../facts/reviewing.ts';
import type { Writer } from '../fold.fixture.ts';
import { CASE, CASE_FILE, PAPERS, hash, id, log } from '../fold.fixture.ts';
import type { AnyFact, Logged } from '../logged.ts';
import { foldWork } from './foldWork.ts';
import type { WorkState } from './state.ts';

export type Actor = Writer;
const person = (org: string, post: string, name: string, roles: readonly string[]): Actor => ({
  party: {
    org: id<Party['org']>(org),
    orgName: org,
    seat: id<Party['seat']>(post),
    post,
    person: id<Party['person']>(name),
    personName: name,
  },
  device: id(`${name} laptop`),
  roles,
});

export const officer = person('police', 'OIC', 'Ann', ['officer', 'file builder']);
export const colleague = person('police', 'OIC', 'Bo', ['officer']);
export const sergeant = person('police', 'Sgt', 'Cal', ['supervisor']);
export const inspector = person('police', 'Insp', 'Dee', ['supervisor']);
export const discloser = person('police', 'DO', 'Eve', ['disclosure officer']);
export const records = person('police', 'RM', 'Flo', ['records manager']);
export const lawyer = person('cps', 'Law', 'Gil', ['prosecutor']);
export const manager = person('cps', 'Mgr', 'Hal', ['prosecution manager']);
export const clerk = person('cps', 'Clerk', 'Ida', []);
export const PEOPLE = [officer, colleague, sergeant, inspector, discloser, records, lawyer, manager, clerk] as const;

export const workId = (word: string): WorkId => id<WorkId>(word);
/** An action that says nothing but that it is there. */
export const bareAction = (action: WorkId): Unsigned & { readonly is: 'action raised' } => ({
  is: 'action raised',
  id: action,
  text: '',
  paths: [],
  items: [],
  rule: null,
  package: null,
  due: null,
});
export const ABOUT: Reviewed = { record: hash('record'), summary: hash('summary'), files: [] };

type Without<Fact, Key extends PropertyKey> = Fact extends unknown ? Omit<Fact, Key> : never;
export type Unsigned = Without<WorkFact, 'by' | 'at'>;

/** Facts of one case in the order in which they are written. */
export class Story {
  readonly facts: Logged[] = [];
  private at = 1000;

  /** Begins the areas: Working papers by the officer, and the Case file where it is wanted. */
  constructor(shared = true) {
    this.write(officer, PAPERS, { is: 'case', case: CASE, kind: 'charging', source: null, by: officer.party });
    if (shared)
      this.write(officer, CASE_FILE, { is: 'case', case: CASE, kind: 'charging', source: PAPERS, by: officer.party });
  }

  write(by: Actor, area: AreaId, fact: AnyFact): Logged {
    const logged = log(by, area, fact);
    this.facts.push(logged);
    return logged;
  }
  /** A fact of the work by somebody, a minute after the one before; in the Case file unless another area is given. */
  does(by: Actor, fact: Unsigned, area: AreaId = CASE_FILE): Logged {
    this.at += 60_000;
    return this.write(by, area, { ...fact, by: by.party, at: this.at });
  }
  get work(): WorkState {
    return foldWork(this.facts);
  }
  /** Why each refused fact was refused, and which act it was, oldest first. */
  get refusals(): (readonly [string, string | null])[] {
    return this.work.refused.map(({ why, action }) => [why, action] as const);
  }
}
