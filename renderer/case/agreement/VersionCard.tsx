/**
 * One version of the sharing agreement: where it stands, what it changes, its text; accepting or declining it, for who may
 * and did not offer it; and withdrawing it, for who did.
 */
import { useState } from 'react';
import type { VersionNotes } from '../../../shared/ipc/agreement.ts';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { agreementsWaiting } from '../../../shared/model/work/agreement/inForce.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import { agreementWord } from '../../../shared/status/work.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { timeText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { Status } from '../../ui/Word.tsx';
import { worker } from '../../worker/connection.ts';
import { ReasonDialog } from '../packages/ReasonDialog.tsx';
import { AgreementText } from './AgreementText.tsx';
import { WhatChanges } from './WhatChanges.tsx';

interface VersionCardProps {
  readonly view: CaseView;
  readonly version: WorkState['agreements'][number];
  readonly notes: VersionNotes | undefined;
  readonly other: string;
  /** Number of the version in force. */
  readonly inForce: number | null;
}

export function VersionCard({ view, version, notes, other, inForce }: VersionCardProps) {
  const [shown, setShown] = useState(false);
  const [asking, setAsking] = useState<'accept' | 'decline' | 'withdraw' | null>(null);
  const { may, me } = view.work;
  const { agreement, offered, declined, withdrawn } = version;
  const ours = offered.by.org === me.org;
  const waits = agreementsWaiting(view.work.state).includes(version);
  const close = (): void => setAsking(null);
  return (
    <li
      className={version.supersededBy === null ? 'card' : 'card past'}
      aria-label={`Version ${agreement.number} of the agreement`}
    >
      <div className="row">
        <strong>Version {agreement.number}</strong>
        <Status word={agreementWord(version, { inForce, other: ours ? other : 'your organisation' })} />
        <span className="push quiet small">
          Offered {timeText(offered.at)} by {offered.by.personName}, {offered.by.orgName}
        </span>
      </div>
      {[...declined, ...(withdrawn ? [withdrawn] : [])].map((one) => (
        <p key={one.entry} className="said">
          {one.reason}
        </p>
      ))}
      {notes !== undefined && <WhatChanges {...notes} />}
      {notes?.fits === false && (
        <Trouble
          sentence="The permissions that came with this version are not those that it names."
          next="Do not accept it. Ask who offered it to offer it again."
        />
      )}
      <div className="row">
        <Button small kind="bare" expanded={shown} onPress={() => setShown(!shown)}>
          {shown ? 'Hide its text' : 'Show its text'}
        </Button>
        {waits && ours && may.includes('agreement offered') && (
          <span className="push">
            <Button small onPress={() => setAsking('withdraw')}>
              Withdraw…
            </Button>
          </span>
        )}
        {waits && !ours && (
          <span className="push row">
            {may.includes('agreement declined') && (
              <Button small onPress={() => setAsking('decline')}>
                Decline…
              </Button>
            )}
            {may.includes('agreement accepted') && (
              <Button small kind="main" onPress={() => setAsking('accept')}>
                Accept…
              </Button>
            )}
          </span>
        )}
      </div>
      {waits && !ours && !may.includes('agreement accepted') && (
        <p className="quiet small">
          A supervisor, prosecution manager or records manager of your organisation answers it.
        </p>
      )}
      {shown && <AgreementText agreement={agreement} />}
      {asking === 'withdraw' && (
        <ReasonDialog
          title={`Withdraw version ${agreement.number}`}
          act="Withdraw"
          about={`${other} can accept it no more, and reads your reason. What is in force stays so.`}
          onClose={close}
          run={(reason) => worker().doWork(view.row.case, { is: 'agreement withdrawn', agreement: version.id, reason })}
        />
      )}
      {asking === 'decline' && (
        <ReasonDialog
          title={`Decline version ${agreement.number}`}
          act="Decline"
          about={`${offered.by.orgName} reads your reason, and can offer another version. What is in force stays so.`}
          onClose={close}
          run={(reason) => worker().doWork(view.row.case, { is: 'agreement declined', agreement: version.id, reason })}
        />
      )}
      {asking === 'accept' && notes !== undefined && (
        <AcceptVersion view={view} version={version} notes={notes} onClose={close} />
      )}
    </li>
  );
}

interface AcceptProps extends Pick<VersionCardProps, 'view' | 'version'> {
  readonly notes: VersionNotes;
  readonly onClose: () => void;
}

function AcceptVersion({ view, version, notes, onClose }: AcceptProps) {
  const doing = useAct();
  const { number } = version.agreement;
  const accept = (): void =>
    void doing
      .run(() => worker().doWork(view.row.case, { is: 'agreement accepted', agreement: version.id }))
      .then((done) => (done ? onClose() : undefined));
  return (
    <Ask title={`Accept version ${number}`} open onClose={onClose} wide>
      <div className="stack">
        <p>
          It binds both organisations in this case from now on, and takes the place of what was in force. It cannot be
          taken back: only a later version that both accept replaces it.
        </p>
        <WhatChanges {...notes} />
        <AgreementText agreement={version.agreement} />
        {doing.wrong !== null && <Trouble sentence="The version was not accepted." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" busy={doing.busy} disabled={!notes.fits} onPress={accept}>
            Accept version {number}
          </Button>
        </footer>
      </div>
    </Ask>
  );
}
