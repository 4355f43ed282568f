/**
 * A new case from an exported one. What is wrong with the file is a list, each with its place and what to do; then nothing
 * is made.
 */
import { useState } from 'react';
import type { ImportCause } from '../../shared/ipc/worker.ts';
import { assertNever } from '../../shared/primitives/result.ts';
import { useScreens } from '../state/route.ts';
import { Ask } from '../ui/Ask.tsx';
import { Button } from '../ui/Button.tsx';
import { countText } from '../ui/format.ts';
import { ACT_SENTENCES } from '../ui/sentences.ts';
import { Trouble } from '../ui/State.tsx';
import { useAct } from '../ui/useAct.ts';
import { worker } from '../worker/connection.ts';
import { desktop } from '../worker/desktop.ts';

export function ImportCase() {
  const go = useScreens((screens) => screens.go);
  const [asking, setAsking] = useState(false);
  const [wrong, setWrong] = useState<ImportCause | null>(null);
  const act = useAct();
  const close = (): void => {
    setAsking(false);
    setWrong(null);
    act.clear();
  };
  const choose = (what: 'files' | 'folder'): void =>
    void act.run(async () => {
      setWrong(null);
      const [token] = await desktop().chooseFiles(what);
      if (token === undefined) return;
      const outcome = await (what === 'folder' ? worker().importFolder(token) : worker().importCase(token));
      if (outcome.ok) go({ at: 'case', case: outcome.value, place: 'working papers' });
      else setWrong(outcome.cause);
    });
  return (
    <>
      <Button onPress={() => setAsking(true)}>Import a case</Button>
      <Ask title="Import a case" open={asking} onClose={close}>
        <p>
          Choose the folder of an exported case: Joinder makes a new case with its record and its summary, and adds the
          files that the manifest names, each held against its SHA-256. Or choose a case.json alone, for a case without
          files.
        </p>
        <p>Packages, decisions and messages are not brought along.</p>
        {wrong !== null && <Wrong cause={wrong} />}
        {act.wrong !== null && <Trouble sentence="The case was not imported." next={act.wrong} />}
        <footer>
          <Button onPress={close}>Cancel</Button>
          <Button onPress={() => choose('files')} busy={act.busy}>
            Choose a file
          </Button>
          <Button kind="main" onPress={() => choose('folder')} busy={act.busy}>
            {act.busy ? 'Importing…' : 'Choose a folder'}
          </Button>
        </footer>
      </Ask>
    </>
  );
}

const NOT_READ = {
  'too large': 'The file is larger than a case can be. Choose the case.json of an exported case.',
  unreadable: 'The file cannot be read as text. Choose the case.json of an exported case.',
};

function Wrong({ cause }: { readonly cause: ImportCause }) {
  const sentence = 'Nothing was imported.';
  switch (cause.is) {
    case 'unreadable':
      return <Trouble sentence={sentence} next={cause.sentence} />;
    case 'not read':
      return <Trouble sentence={sentence} next={NOT_READ[cause.why]} />;
    case 'act':
      return <Trouble sentence={sentence} next={ACT_SENTENCES[cause.cause]} />;
    case 'faulty':
      return (
        <>
          <Trouble
            sentence={sentence}
            next={`The file has ${countText(cause.faults.length, 'fault')}. Mend each where the case was exported, then export it again.`}
          />
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list scrolls, by keyboard too */}
          <ul className="faults" aria-label="Faults" tabIndex={0}>
            {cause.faults.map(({ path, sentence: says }, i) => (
              <li key={`${i} ${path}`}>
                <span className="mono">{path}</span>: {says}
              </li>
            ))}
          </ul>
        </>
      );
    default:
      return assertNever(cause);
  }
}
