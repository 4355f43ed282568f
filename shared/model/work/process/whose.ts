/** Whose a step is: the roles that take it, by the agreement where it says so, and the people who hold them in this case. */
import type { Role, Side } from '../../roles.ts';
import type { CaseSnapshot } from '../../snapshot/schema.ts';
import { agreementInForce } from '../agreement/inForce.ts';
import type { WorkState } from '../state.ts';
import type { Step } from './table.ts';

export interface Whose {
  readonly side: Side;
  readonly roles: readonly Role[];
  /** By name; none: nobody is named yet. */
  readonly people: readonly string[];
  /** Whether the sharing agreement says so, rather than the process alone. */
  readonly agreed: boolean;
  /** What the agreement adds to it. */
  readonly note: string;
}

export function whoseIs(step: Step, record: CaseSnapshot['case'], work: WorkState): Whose {
  const agreed = agreementInForce(work)?.agreement.responsibilities.find((one) => one.step === step.id);
  const { side, roles } = agreed ?? step;
  const people = [...new Set(roles.flatMap((role) => peopleIn(role, record, work)))];
  return { side, roles, people, agreed: agreed !== undefined, note: agreed?.note ?? '' };
}

const named = (name: string | undefined): readonly string[] => (name ? [name] : []);

function peopleIn(role: Role, record: CaseSnapshot['case'], work: WorkState): readonly string[] {
  const given = work.allocations.filter((one) => one.current && one.role === role).map(({ to }) => to.personName);
  if (given.length > 0) return given;
  switch (role) {
    case 'officer':
      return named(work.holder?.personName ?? record.officer);
    case 'supervisor': {
      const asked = work.reviews.find(({ given: done, withdrawn, to }) => !done && !withdrawn && to)?.to;
      return named(asked?.personName ?? record.supervisor);
    }
    case 'disclosure officer':
      return named(record.disclosureOfficer);
    case 'file builder':
    case 'prosecutor':
    case 'prosecution manager':
    case 'paralegal':
    case 'records manager':
    case 'administrator':
    case 'auditor':
    case 'emergency access':
    case 'custodian':
      return [];
  }
}
