/**
 * Disclosure certificates: which schedule, by whom, what it covered by hash, and what has changed since. One that a later
 * one replaced stays, with its rows.
 */
import { useState } from 'react';
import type { CertifiedSchedule } from '../../../../shared/ipc/work.ts';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { CertificateState } from '../../../../shared/model/work/state.ts';
import { certificateWord } from '../../../../shared/status/work.ts';
import { Button } from '../../../ui/Button.tsx';
import { countText } from '../../../ui/format.ts';
import { Trouble } from '../../../ui/State.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { Status } from '../../../ui/Word.tsx';
import { worker } from '../../../worker/connection.ts';
import { CertifySchedule } from './CertifySchedule.tsx';
import { Changes } from '../review/Changes.tsx';
import { newestFirst } from '../newestFirst.ts';
import { ScheduleTable } from './ScheduleTable.tsx';
import { SCHEDULE_TITLES } from './scheduleTitles.ts';

export function Certificates({ view }: { readonly view: CaseView }) {
  const [certifying, setCertifying] = useState(false);
  const { certificates } = view.work.state;
  const ours = view.areas.some(({ kind }) => kind === 'working papers');
  return (
    <section className="part" aria-labelledby="certificates">
      <div className="row">
        <h2 id="certificates">Disclosure certificates</h2>
        {ours && view.work.may.includes('certified') && (
          <span className="push">
            <Button onPress={() => setCertifying(true)}>Certify a schedule</Button>
          </span>
        )}
      </div>
      {certificates.length === 0 ? (
        <p className="quiet">No schedule has been certified. A disclosure officer certifies it as it stands.</p>
      ) : (
        <ol className="cards">
          {newestFirst(certificates).map((certificate) => (
            <CertificateCard key={certificate.id} view={view} certificate={certificate} />
          ))}
        </ol>
      )}
      {certifying && <CertifySchedule view={view} onClose={() => setCertifying(false)} />}
    </section>
  );
}

interface CardProps {
  readonly view: CaseView;
  readonly certificate: CertificateState;
}

function CertificateCard({ view, certificate }: CardProps) {
  const [shown, setShown] = useState<CertifiedSchedule | null>(null);
  const doing = useAct();
  const { id, schedule, covers, words, by, supersededBy } = certificate;
  const changed = supersededBy === null ? (view.work.changedSince[id] ?? []) : [];
  const show = (): void =>
    void doing.run(async () => {
      const read = await worker().readCertificate(view.row.case, id);
      if (read.ok) setShown(read.value);
      return read;
    });
  return (
    <li className={supersededBy === null ? 'card' : 'card past'} aria-label={`Certificate of ${schedule}`}>
      <div className="row">
        <strong>{SCHEDULE_TITLES[schedule]}</strong>
        <Status word={certificateWord(certificate, changed.length > 0)} />
        <span className="push quiet small">
          {by.post}, {by.orgName}
        </span>
      </div>
      {words !== '' && <p className="said">{words}</p>}
      <Changes title="Not as it was certified any more:" sentences={changed} />
      <p className="quiet small">
        Frozen: {countText(covers.lines, 'item')}, SHA-256 <span className="mono">{covers.sha256}</span>
      </p>
      <div className="row">
        <Button
          small
          kind="bare"
          busy={doing.busy}
          expanded={shown !== null}
          onPress={() => (shown === null ? show() : setShown(null))}
        >
          {shown === null ? 'Show the schedule as certified' : 'Hide the schedule'}
        </Button>
      </div>
      {doing.wrong !== null && <Trouble sentence="The schedule cannot be shown." next={doing.wrong} />}
      {shown !== null && <Certified schedule={schedule} shown={shown} />}
    </li>
  );
}

function Certified({
  schedule,
  shown,
}: {
  readonly schedule: CertificateState['schedule'];
  readonly shown: CertifiedSchedule;
}) {
  if (shown.isApart)
    return (
      <p className="quiet">
        Its rows stand with the sensitive material, which you do not read. Here is their hash alone.
      </p>
    );
  if (shown.rows === null)
    return <p className="quiet">An older version of Joinder certified it by its hash alone: compare the paper.</p>;
  return (
    <>
      {!shown.fits && (
        <Trouble
          sentence="These rows do not have the hash that was certified."
          next="Whoever certified used a faulty or altered program. Ask them to certify the schedule again."
        />
      )}
      <ScheduleTable label={`${schedule} as certified`} rows={shown.rows} />
    </>
  );
}
