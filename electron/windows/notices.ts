/**
 * What is said outside of Joinder's windows: a notice of the operating system and the number on the icon. Names nothing of a
 * case: a notice is read over a shoulder, on a locked screen, and kept by the system.
 */
import { Notification, app } from 'electron';
import type { BrowserWindow } from 'electron';
import type { NoticeKind, ShellCalls } from '../../shared/ipc/vault.ts';
import { countOf } from '../../shared/status/format.ts';

const WORDS: Readonly<Record<NoticeKind, { one: string; many: string; next: string }>> = {
  ready: { one: 'package is ready to open', many: 'packages are ready to open', next: 'See the Inbox.' },
  returned: { one: 'package was returned', many: 'packages were returned', next: 'See Needs me.' },
  asked: { one: 'request for access waits', many: 'requests for access wait', next: 'See Needs me.' },
  'to review': {
    one: 'campaign asks who keeps access',
    many: 'campaigns ask who keeps access',
    next: 'See Needs me.',
  },
  emergency: {
    one: 'case was opened in an emergency',
    many: 'cases were opened in an emergency',
    next: 'See Needs me.',
  },
  problem: { one: 'package has a problem', many: 'packages have a problem', next: 'See Needs me.' },
};

/** The two lines of a notice. */
export const noticeText = (kind: NoticeKind, count: number): { title: string; body: string } => ({
  title: countOf(count, WORDS[kind].one, WORDS[kind].many),
  body: WORDS[kind].next,
});

/** Who has a window of Joinder before them reads it there, and is told nothing beside it. */
export function shellOf(front: () => BrowserWindow | null): ShellCalls {
  /** Kept while they may be pressed. */
  const shown = new Set<Notification>();
  return {
    notice: (kind, count) => {
      const window = front();
      if (window?.isFocused() === true || !Notification.isSupported()) return Promise.resolve();
      const notice = new Notification({ ...noticeText(kind, count), silent: true });
      shown.add(notice);
      notice.once('close', () => shown.delete(notice));
      notice.once('click', () => {
        shown.delete(notice);
        front()?.show();
        front()?.focus();
      });
      notice.show();
      return Promise.resolve();
    },
    badge: (count) => {
      app.setBadgeCount(count);
      return Promise.resolve();
    },
  };
}
