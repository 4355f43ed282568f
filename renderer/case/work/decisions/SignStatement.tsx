/**
 * Recording that a person signed their statement, as the file that holds it: frozen by its hash, with what its row says.
 */
import { useState } from 'react';
import type { CaseView, FileRow } from '../../../../shared/ipc/worker.ts';
import type { SignatureState } from '../../../../shared/model/work/state.ts';
import { AskForm } from '../../../ui/AskForm.tsx';
import { Field } from '../../../ui/Field.tsx';
import { worker } from '../../../worker/connection.ts';

interface SignProps {
  readonly view: CaseView;
  readonly path: string;
  readonly file: FileRow;
  readonly witness: string;
  /** The signature that stands now. */
  readonly before: SignatureState | null;
  readonly onSigned: () => void;
  readonly onClose: () => void;
}

export function SignStatement({ view, path, file, witness, before, onSigned, onClose }: SignProps) {
  const [signatory, setSignatory] = useState(witness);
  const { item, version, sha256, name } = file;
  const signed = { is: 'signed', supersedes: before?.id ?? null, path, item, version, sha256 } as const;
  const run =
    signatory.trim() === ''
      ? null
      : () => worker().doWork(view.row.case, { ...signed, signatory: signatory.trim().slice(0, 300) });
  return (
    <AskForm
      title="Record a signed statement"
      act="Record signature"
      failed="The signature was not recorded."
      run={run}
      onClose={onClose}
      onDone={onSigned}
    >
      {before !== null && (
        <p className="needs">
          This replaces the signature that {before.by.personName} recorded. Both stay with the case.
        </p>
      )}
      <Field label="Signed by" value={signatory} onChange={setSignatory} autoFocus required />
      <p>
        As this file: <strong>{name}</strong>
      </p>
      <p className="quiet small">
        SHA-256 <span className="mono">{sha256}</span>. It is frozen with what the case says about the statement:
        whatever is changed later is shown as altered after it was signed.
      </p>
    </AskForm>
  );
}
