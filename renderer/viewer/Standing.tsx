/**
 * What is said of a file while it is open: how far it is, what hinders it, what became of it meanwhile, and whether seeing it
 * was recorded. Every word is the worker's.
 */
import type { ShownVersion } from '../../shared/ipc/files.ts';
import { Status } from '../ui/Word.tsx';
import { useView } from '../worker/views.ts';

interface StandingProps {
  readonly whole: boolean;
  readonly shown: ShownVersion | null;
  readonly recorded: 'no' | 'yes' | 'failed';
}

export function Standing({ whole, shown, recorded }: StandingProps) {
  const link = useView('link')?.word.text ?? CONNECTED;
  return (
    <div className="viewer-standing">
      {/* Not read aloud as it counts. */}
      {shown?.arriving && <Status word={shown.arriving} onDeep />}
      {shown?.condition && <Status word={shown.condition} onDeep />}
      <span className="viewer-note" role="status">
        {[whole ? '' : partSentence(shown, link === CONNECTED), NOTE[whole ? 'whole' : 'part'][recorded]]
          .filter((sentence) => sentence !== '')
          .join(' ')}
      </span>
    </div>
  );
}
const CONNECTED = 'Connected';

/** What can be seen of a file of which parts have not come. */
function partSentence(shown: ShownVersion | null, isConnected: boolean): string {
  if (shown?.ended === true) return 'What has not arrived does not come any more.';
  // With no link a part that has not come would be waited for without a word.
  if (!isConnected) return 'What has not arrived cannot be shown until there is a link.';
  if (shown?.condition?.mend === 'resume') return 'What you look at is fetched all the same.';
  return 'What you look at is fetched first.';
}

const FAILED = 'Opening could not be recorded yet: close and open it again.';
const NOTE = {
  part: { no: '', yes: 'Viewing is recorded.', failed: FAILED },
  whole: { no: '', yes: 'Opening is recorded.', failed: FAILED },
} as const;
