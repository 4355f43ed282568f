/**
 * Which facts of the log are acts that an auditor asks about, and in which words: so that most of the audit follows from what
 * was signed anyway, and cannot differ from it. What only carries out another fact is no act of its own.
 */
import type { AnyFact } from '../logged.ts';
import { TAKEN_OUT } from '../facts/exchanging.ts';
import type { AuditAct } from './act.ts';

export type FactAct = Pick<AuditAct, 'what' | 'said' | 'to' | 'item' | 'version'>;

const about = (what: AuditAct['what'], said: string, more: Partial<FactAct> = {}): FactAct => ({
  what,
  said: said.slice(0, 600),
  to: null,
  item: null,
  version: null,
  ...more,
});

/** Carried out by computers, or a part of another act. */
const NO_ACT: ReadonlySet<AnyFact['is']> = new Set<AnyFact['is']>([
  'posted',
  'sent',
  'all sent',
  'in custody',
  'case file',
  'entered',
  'rows frozen',
  'rows entered',
  'read',
  'package',
  'sensitive shared',
  'recertification told',
  'adopted',
  'case listed',
]);

const RECERTIFIED = { keep: 'keeps', remove: 'removes', pass: 'passed on' } as const;

/** Null: no act. */
export function auditOf(fact: AnyFact): FactAct | null {
  if (NO_ACT.has(fact.is)) return null;
  switch (fact.is) {
    case 'case':
      return fact.source === null ? about('created', 'Made the case') : null;
    case 'case imported':
      return about('created', 'Made the case from an exported file');
    case 'added': {
      const { item, name, content } = fact.file;
      return about('created', `Added ${name}`, { item, version: content.version });
    }
    case 'released': {
      const { to, files, purpose } = fact.content;
      return about('released', `Released ${files.length === 1 ? '1 file' : `${files.length} files`} for ${purpose}`, {
        to: `${to.orgName}, ${to.post}`,
      });
    }
    case 'withdrawn':
      return about('released', `Took a package back: ${fact.reason}`);
    case 'dropped':
      return about('released', `Left a file out of a package: ${fact.reason}`, { version: fact.version });
    case 'received':
      return about('received', 'Received a package');
    case 'receipt':
      return ofReceipt(fact);
    case 'case exported':
      return about('exported', `Took out ${TAKEN_OUT[fact.what]}${fact.files > 0 ? ` and ${fact.files} files` : ''}`);
    case 'access given':
      return about('access given', `Let in ${fact.post}: ${fact.why}`, { to: fact.post });
    case 'bar lifted':
      return about('access given', `Lifted the bar on ${fact.personName}: ${fact.why}`);
    case 'handed over':
    case 'allocated':
      return about('access given', `Gave work to ${fact.to.personName}`, { to: fact.to.post });
    case 'access ended':
      return about(
        'access ended',
        `${fact.rule === undefined ? 'Ended' : 'By a rule of the case, ended'} access of ${fact.post}: ${fact.why}`,
        { to: fact.post },
      );
    case 'barred':
      return about('access ended', `Barred ${fact.personName}: ${fact.why}`);
    case 'access limited':
      return about('access ended', `Set what it takes: ${[...fact.units, ...fact.needs].join(', ')}`);
    case 'access asked':
      return about('access asked', `Asked for ${fact.wanted}: ${fact.why}`, { to: fact.to.post });
    case 'recertification opened':
      return about('decided', `Opened the recertification ${fact.name}, until ${fact.until}`);
    case 'recertification stopped':
      return about('decided', `Stopped a recertification: ${fact.why}`);
    case 'recertified':
      return about('decided', `Recertification: ${RECERTIFIED[fact.answer]} ${fact.post}`, {
        to: fact.to?.personName ?? null,
      });
    case 'recovery asked':
      return about('access asked', `Asked the custodians for the keys of ${fact.areas.length} places: ${fact.why}`);
    case 'recovery withdrawn':
      return about('decided', 'Withdrew the request to the custodians');
    case 'recovery agreed':
      return about('decided', 'Agreed, as the first custodian, that keys are brought back');
    case 'recovery given':
      return about('access given', 'Brought keys back, as the second custodian', { to: null });
    case 'recovery declined':
      return about('decided', `Declined to bring keys back: ${fact.why}`);
    case 'emergency':
      return about('access given', `Opened ${fact.wanted} in an emergency: ${fact.why}`);
    case 'emergency judged':
      return about(
        'decided',
        `Judged an emergency ${fact.justified ? 'justified' : 'not justified'}${fact.note === '' ? '' : `: ${fact.note}`}`,
      );
    case 'access decided':
      return about('decided', `Request ${fact.decision}${fact.why === '' ? '' : `: ${fact.why}`}`);
    case 'late decided': {
      const { what, author, outcome, why } = fact;
      const said = outcome === 'adopted' ? 'Adopted' : 'Declined';
      return about('decided', `${said} late work of ${author.personName}: ${what}${why === '' ? '' : `: ${why}`}`);
    }
    case 'guest invited': {
      const { guestName, from, may, until, why } = fact;
      const mays = may === 'view' ? 'to view' : 'to view and contribute';
      return about('access given', `Invited ${guestName}, ${from}, ${mays} until ${until}: ${why}`, {
        to: `${guestName}, ${from}`,
      });
    }
    case 'guest item': {
      const { item, name, content } = fact.file;
      return about('released', `Shared ${name} with a guest`, { item, version: content.version });
    }
    case 'guest brought': {
      const { item, name, content } = fact.file;
      return about('created', `Added ${name} as a guest`, { item, version: content.version });
    }
    case 'guest said':
      return about('created', 'Wrote in what is shared with a guest');
    case 'guest extended':
      return about('access given', `Gave a guest another last day, ${fact.until}: ${fact.why}`);
    case 'guest sponsored':
      return about('access given', `${fact.sponsorName} answers for a guest: ${fact.why}`);
    case 'guest ended':
      return about('access ended', `Ended a guest’s access: ${fact.why}`);
    case 'guest file taken':
      return about('received', 'Took a guest’s file into the case', { version: fact.version });
    case 'disposal agreed':
    case 'destroyed':
      return about('destroyed', fact.is === 'destroyed' ? 'Destroyed this computer’s copy' : 'Confirmed a disposal');
    default:
      return about('decided', fact.is.charAt(0).toUpperCase() + fact.is.slice(1));
  }
}

function ofReceipt(fact: Extract<AnyFact, { is: 'receipt' }>): FactAct {
  const { version } = fact;
  switch (fact.what) {
    case 'delivered':
      return about('received', 'A file arrived whole', { version });
    case 'exported':
      return about('exported', 'Exported a file', { version });
    case 'opened':
    case 'viewing began':
      return about('looked at', fact.what === 'opened' ? 'Opened a file' : 'Began viewing a file', { version });
  }
}
