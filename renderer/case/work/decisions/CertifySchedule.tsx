/**
 * Certifying a schedule: what exactly will be frozen is shown first, row by row, and only that is certified. Somebody who
 * changes the material meanwhile makes it another schedule, and this one is asked for again.
 */
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import type { SchedulePreview } from '../../../../shared/ipc/work.ts';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { ScheduleForm } from '../../../../shared/model/facts/deciding.ts';
import { Ask } from '../../../ui/Ask.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Check.tsx';
import { Field } from '../../../ui/Field.tsx';
import { countText } from '../../../ui/format.ts';
import { Trouble } from '../../../ui/State.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { worker } from '../../../worker/connection.ts';
import { PathLink } from '../PathLink.tsx';
import { ScheduleTable } from './ScheduleTable.tsx';
import { SCHEDULE_TITLES, USUAL_WORDS } from './scheduleTitles.ts';

const FORMS = (['MG6C', 'MG6D', 'MG6E', 'SDC'] as const).map((value) => ({ value, text: value }));

interface CertifyProps {
  readonly view: CaseView;
  readonly onClose: () => void;
}

export function CertifySchedule({ view, onClose }: CertifyProps) {
  const [form, setForm] = useState<ScheduleForm>('MG6C');
  const [own, setOwn] = useState<string | null>(null);
  const doing = useAct();
  const { preview, wrong, again } = usePreview(view, form);
  const before = view.work.state.certificates.find((one) => one.schedule === form && one.supersededBy === null);
  const words = own ?? USUAL_WORDS[form];
  const ready = preview !== null && preview.hindrances.length === 0 && words.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    const { sha256, rows } = preview;
    void doing
      .run(() =>
        worker().doWork(view.row.case, {
          is: 'certified',
          supersedes: before?.id ?? null,
          schedule: form,
          covers: { sha256, lines: rows.length },
          words: words.trim(),
        }),
      )
      .then((done) => (done ? onClose() : again()));
  };
  return (
    <Ask title="Certify a schedule" open onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        <Radios label="Schedule" options={FORMS} value={form} onChange={setForm} />
        <p className="quiet small">
          {SCHEDULE_TITLES[form]}. {whoReads(view, form)}
        </p>
        {before !== undefined && (
          <p className="needs">
            This replaces the certificate of {before.by.personName}. Both stay with the case, each with its rows.
          </p>
        )}
        {wrong !== null && <Trouble sentence="The schedule cannot be shown." next={wrong} />}
        {preview === null ? (
          wrong === null && (
            <p className="quiet" role="status">
              Looking…
            </p>
          )
        ) : (
          <Frozen view={view} form={form} preview={preview} />
        )}
        <Field label="What you certify" lines={3} value={words} onChange={setOwn} required />
        {doing.wrong !== null && <Trouble sentence="The schedule was not certified." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={!ready} busy={doing.busy}>
            Certify {form}
          </Button>
        </footer>
      </form>
    </Ask>
  );
}

function whoReads(view: CaseView, form: ScheduleForm): string {
  if (form === 'MG6D')
    return 'Its rows stay with the sensitive material, for those who read that; Working papers hold their hash alone.';
  const shared = view.areas.some(({ kind }) => kind === 'case file');
  return shared
    ? 'Everybody who reads the Case file reads these rows, also of what was not released.'
    : 'Once there is a Case file, everybody who reads it reads these rows, also of what was not released.';
}

interface FrozenProps {
  readonly view: CaseView;
  readonly form: ScheduleForm;
  readonly preview: SchedulePreview;
}

function Frozen({ view, form, preview }: FrozenProps) {
  const { rows, sha256, hindrances } = preview;
  const open = rows.filter(({ test }) => test === 'Not decided').length;
  return (
    <>
      {hindrances.length > 0 && (
        <div className="needs">
          <p>To be done first:</p>
          <ul className="bullets">
            {hindrances.map(({ sentence, path }) => (
              <li key={path}>
                {sentence} <PathLink of={view.row.case} path={path} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {open > 0 && (
        <p className="needs small">
          Of {countText(open, 'item')} nobody has decided whether {open === 1 ? 'it meets' : 'they meet'} the test.
        </p>
      )}
      <ScheduleTable label={`${form} as it will be certified`} rows={rows} />
      <p className="quiet small">
        {countText(rows.length, 'item')}, SHA-256 <span className="mono">{sha256}</span>
      </p>
    </>
  );
}

/** Asked anew for each form, and after a try that failed. */
function usePreview(view: CaseView, form: ScheduleForm) {
  const [seen, setSeen] = useState<{ form: ScheduleForm; tries: number; preview: SchedulePreview } | null>(null);
  const [tries, setTries] = useState(0);
  const { run, wrong } = useAct();
  const of = view.row.case;
  useEffect(() => {
    void run(async () => {
      const asked = await worker().previewCertificate(of, form);
      if (asked.ok) setSeen({ form, tries, preview: asked.value });
      return asked;
    });
  }, [of, form, run, tries]);
  const preview = seen?.form === form && seen.tries === tries ? seen.preview : null;
  return { preview, wrong, again: () => setTries((count) => count + 1) };
}
