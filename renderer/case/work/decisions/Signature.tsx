/**
 * Whether a statement was signed: who signed, who recorded it, which content by its hash, and what was altered since. An
 * earlier signature that a later one replaced stays in sight.
 */
import { useState } from 'react';
import type { CaseView, FileRow } from '../../../../shared/ipc/worker.ts';
import type { SignatureState } from '../../../../shared/model/work/state.ts';
import { signatureWord } from '../../../../shared/status/work.ts';
import { Button } from '../../../ui/Button.tsx';
import { timeText } from '../../../ui/format.ts';
import { Status } from '../../../ui/Word.tsx';
import { Changes } from '../review/Changes.tsx';
import { filesOf } from '../actions/ChooseFiles.tsx';
import { newestFirst } from '../newestFirst.ts';
import { PathLink } from '../PathLink.tsx';
import { SignStatement } from './SignStatement.tsx';

interface SignatureProps {
  readonly view: CaseView;
  /** `statements/ID`. */
  readonly path: string;
  /** Item of the file that stands for it; empty where none does. */
  readonly item: string;
  /** As people call the witness. */
  readonly witness: string;
  /** What else follows from a signature that was recorded here. */
  readonly onSigned: () => void;
}

/** Those of one statement, the newest first. */
export const signaturesOf = (view: CaseView, path: string): readonly SignatureState[] =>
  newestFirst(view.work.state.signatures.filter((one) => one.path === path));

export function Signature({ view, path, item, witness, onSigned }: SignatureProps) {
  const [signing, setSigning] = useState<FileRow | null>(null);
  const signatures = signaturesOf(view, path);
  const file = filesOf(view).find((one) => one.item === item);
  const may = view.work.may.includes('signed');
  return (
    <section className="stack tight" aria-label="Signature">
      <div className="row">
        <h4>Signature</h4>
        {may && file !== undefined && (
          <span className="push">
            <Button small onPress={() => setSigning(file)}>
              {signatures.length === 0 ? 'Record a signature' : 'Record a new signature'}
            </Button>
          </span>
        )}
      </div>
      {signatures.length === 0 ? (
        <p className="quiet small">
          {file === undefined && may
            ? 'Choose the file that holds the signed statement: then its signature can be recorded.'
            : 'No signature has been recorded.'}
        </p>
      ) : (
        <ol className="cards">
          {signatures.map((signature) => (
            <SignatureCard key={signature.id} view={view} signature={signature} />
          ))}
        </ol>
      )}
      {signing !== null && (
        <SignStatement
          view={view}
          path={path}
          file={signing}
          witness={witness}
          before={signatures.find(({ supersededBy }) => supersededBy === null) ?? null}
          onSigned={onSigned}
          onClose={() => setSigning(null)}
        />
      )}
    </section>
  );
}

interface CardProps {
  readonly view: CaseView;
  readonly signature: SignatureState;
  /** Shown elsewhere than with the statement. */
  readonly linked?: boolean;
}

export function SignatureCard({ view, signature, linked }: CardProps) {
  const { id, item, sha256, by, at, supersededBy } = signature;
  const altered = supersededBy === null ? (view.work.changedSince[id] ?? []) : [];
  const name = filesOf(view).find((file) => file.item === item)?.name ?? 'a file that is not here';
  return (
    <li className={supersededBy === null ? 'card' : 'card past'}>
      <Status word={signatureWord(signature, altered.length > 0)} />
      <p className="small">
        {signature.signatory} signed {name}.{' '}
        <span className="quiet">
          Recorded by {by.personName}, {timeText(at)}.
        </span>
      </p>
      {linked === true && <PathLink of={view.row.case} path={signature.path} text="Go to the statement" />}
      <Changes title="Altered after it was signed:" sentences={altered} />
      <p className="quiet small">
        Frozen: SHA-256 <span className="mono">{sha256}</span>
      </p>
    </li>
  );
}
