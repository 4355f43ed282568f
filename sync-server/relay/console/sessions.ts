/**
 * Who is signed in: a random word in the browser's cookie, its hash here, and another word in every form, which a page of
 * another origin does not know. In memory: a restart signs everybody out. Ends after a time without a request, and after a
 * working day in any case.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Millis } from '../../../shared/primitives/units.ts';
import { HOUR, MINUTE } from '../../../shared/primitives/units.ts';
import type { Account } from './accounts.ts';

export const IDLE: Millis = 15 * MINUTE;
const LONGEST: Millis = 8 * HOUR;
const KEPT = 64;

export interface Session {
  readonly account: Account;
  /** In every form: what a page of elsewhere cannot send along. */
  readonly form: string;
  readonly began: Millis;
  last: Millis;
}

const digest = (word: string): string => createHash('sha256').update(word).digest('base64url');
const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)));

/** `find`: the account as it stands now, or null when it was removed. */
export function openSessions(find: (name: string) => Account | null) {
  const sessions = new Map<string, Session>();

  function isOver(session: Session, now: Millis): boolean {
    const account = find(session.account.name);
    return (
      now - session.last > IDLE ||
      now - session.began > LONGEST ||
      now < session.began ||
      account === null ||
      account.since !== session.account.since ||
      account.role !== session.account.role
    );
  }

  return {
    /** The word for the cookie. */
    begin(account: Account, now: Millis): string {
      const word = randomBytes(32).toString('base64url');
      sessions.set(digest(word), { account, form: randomBytes(32).toString('base64url'), began: now, last: now });
      const [oldest] = sessions.keys();
      if (sessions.size > KEPT && oldest !== undefined) sessions.delete(oldest);
      return word;
    },
    /** The session of a cookie's word; `isAct`: somebody did something, which keeps it from ending. */
    find(word: string, now: Millis, isAct: boolean): Session | null {
      const key = digest(word);
      const session = sessions.get(key);
      if (!session) return null;
      if (isOver(session, now)) {
        sessions.delete(key);
        return null;
      }
      if (isAct) session.last = now;
      return session;
    },
    isForm: (session: Session, said: string): boolean => isSame(session.form, said),
    end: (word: string): void => void sessions.delete(digest(word)),
  };
}
