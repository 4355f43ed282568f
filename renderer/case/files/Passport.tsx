/**
 * The integrity passport of a file: everything signed that is known of it, oldest first, each proof checked as it is
 * shown; and the copy that somebody outside can check with the file alone.
 */
import { useEffect, useState } from 'react';
import type { PassportStepView, PassportView } from '../../../shared/ipc/passport.ts';
import type { FileRow } from '../../../shared/ipc/worker.ts';
import { STEP_WORDS } from '../../../shared/model/passport/words.ts';
import { Button } from '../../ui/Button.tsx';
import { countText, whenText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { desktop } from '../../worker/desktop.ts';

/** `file.receipts` grows while it is shown: whoever shows it gives it a key that grows with them. */
export function PassportPart({ file }: { readonly file: FileRow }) {
  const [shown, setShown] = useState<PassportView | null>(null);
  const look = useAct();
  const { run } = look;
  useEffect(() => {
    void run(async () => {
      const outcome = await worker().passportOf(file.version);
      if (outcome.ok) setShown(outcome.value);
      return outcome;
    });
  }, [run, file.version]);
  return (
    <section className="passport" aria-labelledby="passport">
      <h3 id="passport">Integrity passport</h3>
      {look.wrong !== null && <Trouble sentence="The passport cannot be shown." next={look.wrong} />}
      {shown !== null && <Steps shown={shown} />}
      {shown !== null && shown.steps.length > 0 && <Save file={file} />}
    </section>
  );
}

function Steps({ shown }: { readonly shown: PassportView }) {
  const { steps, unproved } = shown;
  return (
    <>
      {steps.length === 0 ? (
        <p className="quiet">Nothing is signed of this file that can be shown to others.</p>
      ) : (
        <ol className="receipts timeline" aria-label="What is signed of this file">
          {steps.map((step, i) => (
            <Step key={`${i} ${step.what}`} step={step} />
          ))}
        </ol>
      )}
      {unproved > 0 && (
        <p className="quiet">
          {countText(unproved, 'more step')} {unproved === 1 ? 'is' : 'are'} known here and cannot be proved to others:
          an older version signed no line of its own for it, or its key is not on this computer.
        </p>
      )}
    </>
  );
}

const Step = ({ step }: { readonly step: PassportStepView }) => (
  <li>
    <span>
      <strong>{STEP_WORDS[step.what]}</strong> {whenText(step.at)}
      {step.by !== null && `, ${step.by}`}
      {step.computer !== null && `, on ${step.computer}`}
      {step.more !== null && `: ${step.more}`}
    </span>
    {step.wrong === null ? (
      <span className="quiet">Signature verified</span>
    ) : (
      <span className="needs">Does NOT verify: {step.wrong}. Do not rely on it, and tell your administrator.</span>
    )}
  </li>
);

function Save({ file }: { readonly file: FileRow }) {
  const [saved, setSaved] = useState<'json' | 'pdf' | null>(null);
  const act = useAct();
  const save = (as: 'json' | 'pdf'): void => {
    setSaved(null);
    void act.run(async () => {
      const token = await desktop().chooseSave(`${file.name}.passport.${as}`);
      if (token === null) return undefined;
      const outcome = await worker().savePassport(file.version, token, as);
      if (outcome.ok) setSaved(as);
      return outcome;
    });
  };
  return (
    <>
      <p className="quiet">
        Whoever has the file and its passport can check both without Joinder. It names the people above; it holds no key
        and nothing of any other file. Saving it is recorded under your name.
      </p>
      <div className="row">
        <Button onPress={() => save('json')} busy={act.busy}>
          Save passport…
        </Button>
        <Button onPress={() => save('pdf')} busy={act.busy}>
          Save as PDF…
        </Button>
        {saved !== null && (
          <span role="status">{saved === 'json' ? 'The passport was saved.' : 'The PDF was saved.'}</span>
        )}
      </div>
      {act.wrong !== null && <Trouble sentence="It was not saved." next={act.wrong} />}
    </>
  );
}
