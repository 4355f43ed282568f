/**
 * Releasing: what, to whom, for what and when on one side; on the other, all the time, what the receiver will newly see.
 * Owns the choices until the act. Nothing leaves this computer before Release is pressed.
 */
import './release.css';
import { useState } from 'react';
import type { ReceiverRow, Release } from '../../shared/ipc/release.ts';
import type { ActCause, CaseView } from '../../shared/ipc/worker.ts';
import { PURPOSES, URGENCIES } from '../../shared/model/events.ts';
import type { Purpose, Urgency } from '../../shared/model/events.ts';
import type { Result } from '../../shared/primitives/result.ts';
import type { PackageId, SeatId, VersionId } from '../../shared/primitives/ids.ts';
import { Ask } from '../ui/Ask.tsx';
import { Button } from '../ui/Button.tsx';
import { Radios } from '../ui/Check.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { capital } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { useAct } from '../ui/useAct.ts';
import { worker } from '../worker/connection.ts';
import { useCheck, useView } from '../worker/views.ts';
import { ChooseItems } from './ChooseItems.tsx';
import { Preview } from './Preview.tsx';
import { usePreview } from './usePreview.ts';
import { OpenPoints, openPoints } from './OpenPoints.tsx';
import { NOW, When, whenOf } from './When.tsx';

const PURPOSE_OPTIONS = PURPOSES.map((value) => ({ value, text: capital(value) }));
const URGENCY_OPTIONS = URGENCIES.map((value) => ({ value, text: capital(value) }));

/** The one post that works on case files, where there is just one: a manager's or an archive's is chosen on purpose only. */
function usualReceiver(receivers: readonly ReceiverRow[]): SeatId | undefined {
  const working = receivers.filter(({ roles }) => roles.includes('prosecutor') || roles.includes('officer'));
  const [one, other] = working.length > 0 ? working : receivers;
  return other === undefined ? one?.seat : undefined;
}

/** The package, and the reason for what stood open: said once the package is written, for it names it. */
async function send(
  release: Release,
  points: ReturnType<typeof openPoints>,
  reason: string,
): Promise<Result<unknown, ActCause>> {
  const released = await worker().release(release);
  if (!released.ok || points.length === 0) return released;
  const findings = points.slice(0, MOST_POINTS).map(({ code, path, sentence }) => ({ code, path, sentence }));
  return worker().doWork(release.case, { is: 'released anyway', package: released.value, findings, reason });
}
/** What one fact can hold (shared/model/facts/checking.ts). */
const MOST_POINTS = 500;

interface ReleaseDialogProps {
  readonly view: CaseView;
  readonly answers: PackageId | null;
  readonly onClose: () => void;
}

export function ReleaseDialog({ view, answers, onClose }: ReleaseDialogProps) {
  const receivers = useView('receivers');
  const items = view.items.filter((item) => item.place === 'working papers');
  const [chosen, setChosen] = useState<ReadonlySet<VersionId>>(
    () =>
      new Set(
        items.filter((item) => item.releasedTo.length === 0 && item.file.isNewest).map((item) => item.file.version),
      ),
  );
  const [to, setTo] = useState<SeatId | null>(null);
  const [purpose, setPurpose] = useState<Purpose>(
    // What was returned is asked for again.
    () => view.packages.find((pkg) => pkg.package === answers)?.purpose ?? 'charging decision',
  );
  const [urgency, setUrgency] = useState<Urgency>('routine');
  const [when, setWhen] = useState(NOW);
  const [note, setNote] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const act = useAct();
  const check = useCheck(view.row.case);
  // Whoever cannot record a reason is not asked for one: the package says that nobody gave any.
  const points = view.work.may.includes('released anyway') ? openPoints(view, check, purpose) : [];
  const unexplained = points.length > 0 && reason.trim() === '';
  const only = usualReceiver(receivers ?? []);
  const seat = to ?? only ?? null;
  const releaseWhen = whenOf(when);
  const release: Release | null =
    seat === null || chosen.size === 0 || releaseWhen === null
      ? null
      : {
          case: view.row.case,
          versions: [...chosen],
          to: seat,
          purpose,
          urgency,
          when: releaseWhen,
          note: note.trim(),
          answers,
        };
  const preview = usePreview(release);

  const press = (): void => {
    setAsked(true);
    if (release === null || unexplained) return;
    void act.run(() => send(release, points, reason.trim())).then((done) => (done ? onClose() : undefined));
  };

  return (
    <Ask title={answers === null ? 'Release' : 'Answer with a new package'} open onClose={onClose} wide>
      <div className="release">
        <div className="stack">
          <ChooseItems items={items} chosen={chosen} onChange={setChosen} />
          <Choice
            label="To"
            value={seat}
            onChange={setTo}
            placeholder="Choose a post"
            options={(receivers ?? []).map((one) => ({
              value: one.seat,
              text: `${one.title}, ${one.org}`,
              hint: [one.unit, one.people.join(', ')].filter((part) => part !== '').join(' · '),
            }))}
            {...(receivers?.length === 0 && {
              hint: 'Your organisation has no partner yet. Its administrator adds them.',
            })}
          />
          <div className="two">
            <Choice label="Purpose" value={purpose} onChange={setPurpose} options={PURPOSE_OPTIONS} />
            <Radios label="Urgency" value={urgency} onChange={setUrgency} options={URGENCY_OPTIONS} />
          </div>
          <When value={when} onChange={setWhen} />
          <OpenPoints
            points={points}
            reason={reason}
            wrong={
              asked && unexplained ? 'Say why it is released with open points. Both organisations can read it.' : null
            }
            onReason={setReason}
          />
          <Field label="Note to the receiver" lines={2} optional value={note} onChange={setNote} />
        </div>
        <Preview release={release} preview={preview} receiver={receivers?.find((one) => one.seat === seat)} />
      </div>
      {act.wrong !== null && <Trouble sentence="Nothing was released." next={act.wrong} />}
      <footer>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="main" onPress={press} disabled={preview.is !== 'shown' || check === undefined} busy={act.busy}>
          Release
        </Button>
      </footer>
    </Ask>
  );
}
