/** One emergency: who, which case, why, until when, how it stands; and what may be done: open, end, judge. */
import { useState } from 'react';
import type { EmergencyRow } from '../../../shared/ipc/emergency.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { whenText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { Status } from '../../ui/Word.tsx';
import { worker } from '../../worker/connection.ts';
import { JudgeDialog } from './JudgeDialog.tsx';
import { Said } from './Said.tsx';

export function EmergencyCard({ row }: { readonly row: EmergencyRow }) {
  const go = useScreens((screens) => screens.go);
  const { can } = row;
  return (
    <li className={row.judged === null ? 'card' : 'card past'} aria-label={`${row.person}: ${row.title}`}>
      <div className="row">
        <strong>{row.title}</strong>
        <Status word={row.word} live />
        <span className="push row">
          {can.open && (
            <Button small onPress={() => go({ at: 'case', case: row.case, place: 'working papers' })}>
              Open the case
            </Button>
          )}
          <EmergencyActs row={row} />
        </span>
      </div>
      <Said row={row} />
      {row.word.why !== undefined && <p className="quiet small">{row.word.why}</p>}
      {row.asked.length > 0 && (
        <p className="quiet small">
          Asked {whenText(row.from)}: the computers of{' '}
          {row.asked.map(({ post, people }) => `${people.join(', ') || 'nobody'} (${post})`).join('; ')}.
        </p>
      )}
    </li>
  );
}

/** Ending it before its time, and judging it afterwards. */
export function EmergencyActs({ row }: { readonly row: EmergencyRow }) {
  const [judging, setJudging] = useState(false);
  const doing = useAct();
  return (
    <>
      {row.can.end && (
        <Button
          small
          busy={doing.busy}
          onPress={() => void doing.run(() => worker().endEmergency(row.case, row.reason))}
        >
          End it now
        </Button>
      )}
      {row.can.judge && (
        <Button small kind="main" onPress={() => setJudging(true)}>
          Judge…
        </Button>
      )}
      {doing.wrong !== null && <Trouble sentence="It was not ended." next={doing.wrong} />}
      {judging && <JudgeDialog row={row} onClose={() => setJudging(false)} />}
    </>
  );
}
