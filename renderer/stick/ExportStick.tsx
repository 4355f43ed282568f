/**
 * Putting packages, or the receipts for some, onto a stick: for one post at a time, with how far it is and what to do next.
 */
import './stick.css';
import { useState } from 'react';
import type { StickChoice } from '../../shared/ipc/stick.ts';
import type { PackageId } from '../../shared/primitives/ids.ts';
import type { StickOutCause } from '../../shared/status/stickCauses.ts';
import { STICK_NOT_WRITTEN } from '../../shared/status/stickCauses.ts';
import { Ask } from '../ui/Ask.tsx';
import { Button } from '../ui/Button.tsx';
import { Check } from '../ui/Check.tsx';
import { Choice } from '../ui/Choice.tsx';
import { capital, countText, sizeText } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { useAct } from '../ui/useAct.ts';
import { worker } from '../worker/connection.ts';
import { desktop } from '../worker/desktop.ts';
import { useView } from '../worker/views.ts';
import { StickProgress } from './StickProgress.tsx';

interface Written {
  readonly parts: number;
  readonly bytes: number;
}

/** `only`: this package, chosen already; left out: a person chooses. */
export function ExportStick({ only, onClose }: { readonly only?: PackageId; readonly onClose: () => void }) {
  const all = useView('stick')?.choices ?? [];
  const [to, setTo] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<PackageId>>(new Set(only === undefined ? [] : [only]));
  const [touched, setTouched] = useState(false);
  const [wrong, setWrong] = useState<StickOutCause | null>(null);
  const [written, setWritten] = useState<Written | null>(null);
  const act = useAct();
  const post = to ?? all.find((one) => only === undefined || one.package === only)?.to;
  const choices = all.filter((one) => one.to === post && (only === undefined || one.package === only));
  const [alone] = choices.length === 1 && !touched ? choices : [];
  const going = choices.filter((one) => picked.has(one.package) || one === alone);
  const write = (): void =>
    void act.run(async () => {
      setWrong(null);
      const token = await desktop().chooseExportFolder();
      if (token === null) return;
      const outcome = await worker().exportStick(
        going.map((one) => one.package),
        token,
      );
      if (outcome.ok) setWritten(outcome.value);
      else if (outcome.cause !== 'cancelled') setWrong(outcome.cause);
    });
  return (
    <Ask title="Export to stick" open {...(!act.busy && { onClose })}>
      {written === null ? (
        <div className="stack">
          <p>
            The bundle is sealed for the post that it is for: nobody else can read it, or tell from its name what is in
            it. It is read with no network at all.
          </p>
          {only === undefined && (
            <Which
              all={all}
              to={post}
              onTo={setTo}
              choices={choices}
              picked={new Set(going.map((one) => one.package))}
              onPick={(next, isByHand) => {
                setPicked(next);
                setTouched(isByHand);
              }}
            />
          )}
          {choices.length > 0 && <Going going={going} />}
          {act.busy && <StickProgress />}
        </div>
      ) : (
        <Done written={written} going={going} />
      )}
      {wrong !== null && <Trouble sentence="Nothing was put on the stick." next={STICK_NOT_WRITTEN[wrong].sentence} />}
      {act.wrong !== null && <Trouble sentence="Nothing was put on the stick." next={act.wrong} />}
      <footer>
        {!act.busy && <Button onPress={onClose}>{written === null ? 'Cancel' : 'Close'}</Button>}
        {written === null && (
          <Button kind="main" onPress={write} busy={act.busy} disabled={going.length === 0}>
            {act.busy ? 'Writing…' : 'Choose the stick'}
          </Button>
        )}
      </footer>
    </Ask>
  );
}

interface WhichProps {
  readonly all: readonly StickChoice[];
  readonly to: string | undefined;
  readonly onTo: (to: string) => void;
  readonly choices: readonly StickChoice[];
  readonly picked: ReadonlySet<PackageId>;
  /** `isByHand`: not because another post was chosen. */
  readonly onPick: (picked: ReadonlySet<PackageId>, isByHand: boolean) => void;
}

function Which({ all, to, onTo, choices, picked, onPick }: WhichProps) {
  const posts = [...new Map(all.map((one) => [one.to, one])).values()];
  if (posts.length === 0)
    return (
      <p>
        There is nothing to put on a stick yet. Release a package first; receipts can go once files have arrived here.
      </p>
    );
  const toggle = (id: PackageId, on: boolean): void => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    onPick(next, true);
  };
  return (
    <>
      <Choice
        label="For"
        value={to ?? null}
        options={posts.map((one) => ({ value: one.to, text: `${one.post}, ${one.org}` }))}
        onChange={(value) => {
          onTo(value);
          onPick(new Set(), false);
        }}
      />
      <div role="group" aria-label="What goes on the stick" className="stick-choices">
        {choices.map((one) => (
          <Check key={one.package} selected={picked.has(one.package)} onChange={(on) => toggle(one.package, on)}>
            <strong>{one.caseTitle}</strong>{' '}
            <span className="quiet">
              {one.what === 'package'
                ? `${capital(one.purpose)}, ${countText(one.files, 'file')}, ${sizeText(one.bytes)}`
                : `Receipts and answers: ${one.purpose}`}
            </span>
          </Check>
        ))}
      </div>
    </>
  );
}

/** What would be written. */
function Going({ going }: { readonly going: readonly StickChoice[] }) {
  const [first] = going;
  if (first === undefined) return <p className="quiet">Choose what goes on the stick.</p>;
  const files = going.reduce((sum, one) => sum + one.files, 0);
  const bytes = going.reduce((sum, one) => sum + one.bytes, 0);
  const packages = going.filter(({ what }) => what === 'package').length;
  const what = [
    ...(packages > 0 ? [`${countText(packages, 'package')}, ${countText(files, 'file')}, ${sizeText(bytes)}`] : []),
    ...(packages < going.length ? ['receipts and answers'] : []),
  ].join(', and ');
  return (
    <p>
      <strong>{capital(what)}</strong>, for {first.post}, {first.org}.
    </p>
  );
}

function Done({ written, going }: { readonly written: Written; readonly going: readonly StickChoice[] }) {
  const hasPackage = going.some(({ what }) => what === 'package');
  return (
    <div role="status" className="stack">
      <p>
        <strong>
          It is on the stick: {written.parts === 1 ? 'one file' : `${written.parts} parts, all of which are needed`},{' '}
          {sizeText(written.bytes)}.
        </strong>{' '}
        Take it out in the way your system asks for.
      </p>
      <p>
        {hasPackage
          ? 'The other side chooses Import from stick. Their receipt comes back on a stick, or over the link. The files do not go over the link as well, unless you choose Send over the link too.'
          : 'The other side chooses Import from stick, and reads that the files have arrived.'}
      </p>
    </div>
  );
}
