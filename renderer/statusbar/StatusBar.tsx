/**
 * The line at the bottom of every screen: the link's word with its reason (and what to do,
 * where a person is needed), who works here, what waits, when last in step.
 */
import './statusbar.css';
import type { LinkView } from '../../shared/ipc/worker.ts';
import { STORE } from '../../shared/status/storeCauses.ts';
import { Button } from '../ui/Button.tsx';
import { countText, timeText } from '../ui/format.ts';
import { Status } from '../ui/Word.tsx';
import { ask } from '../worker/connection.ts';
import { useStoreTrouble } from '../worker/storeTrouble.ts';
import { useView } from '../worker/views.ts';

export function StatusBar() {
  const link = useView('link');
  const trouble = useStoreTrouble();
  return (
    <footer className="statusbar" aria-label="Status bar">
      {link === undefined || trouble !== null ? (
        <span role="status">
          {trouble === null ? 'Opening what this computer holds…' : `Not at work: ${STORE[trouble].short}`}
        </span>
      ) : (
        <Facts link={link} />
      )}
    </footer>
  );
}

function Facts({ link }: { readonly link: LinkView }) {
  const waits = [
    link.unsentEdits > 0
      ? `${countText(link.unsentEdits, 'edit')} not sent${link.unsentWhy === null ? '' : `: ${link.unsentWhy}`}`
      : null,
    link.uploads > 0 ? `${countText(link.uploads, 'file')} to send` : null,
    link.downloads > 0 ? `${countText(link.downloads, 'file')} to receive` : null,
    link.pausedAll ? 'all transfers paused' : null,
  ].filter((text) => text !== null);
  return (
    <>
      <Status word={link.word} live onDeep />
      {link.word.mend === 'retry' && (
        <Button small onPress={() => ask((to) => to.retryNow())}>
          Try now
        </Button>
      )}
      {link.word.tone === 'attention' && <span>{link.word.why}</span>}
      <span>{waits.length === 0 ? 'Nothing of yours waiting' : waits.join(' · ')}</span>
      {link.lastInStep !== null && <span>Last in step {timeText(link.lastInStep)}</span>}
      <span className="push clip who" title={link.me.posts.join('; ')}>
        {link.me.name} · {postsText(link.me.posts)} · {link.me.org} · {link.me.device}
      </span>
    </>
  );
}

/** More than two would leave no room for where one works: all of them stand in the title, and under Access, People. */
const postsText = (posts: readonly string[]): string =>
  posts.length > 2 ? countText(posts.length, 'post') : posts.join('; ') || 'no post';
