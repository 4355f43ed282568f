/**
 * A file as it was frozen, and the receipts for it: who, when, on which device, each with its proof.
 */
import { useContext } from 'react';
import type { FileRow, ReceiptRow } from '../../../shared/ipc/worker.ts';
import { WhoSees } from '../../access/who/WhoCanSee.tsx';
import { KiB } from '../../../shared/primitives/units.ts';
import { NAME_WORDS } from '../../../shared/status/nameWords.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { groupedText, sizeText, whenText } from '../../ui/format.ts';
import { desktop } from '../../worker/desktop.ts';
import { CaseContext } from '../record/caseContext.ts';
import { FileWords } from './FileWords.tsx';
import { LineagePart } from './Lineage.tsx';
import { PassportPart } from './Passport.tsx';
import { Proof } from '../packages/Proof.tsx';

interface FileDetailsProps {
  readonly file: FileRow;
  readonly onClose: () => void;
  /** Null: it did not go out from here. */
  readonly onError?: (() => void) | null;
}

export function FileDetails({ file, onClose, onError = null }: FileDetailsProps) {
  const inCase = useContext(CaseContext);
  return (
    <Ask title="File" open onClose={onClose} wide>
      <dl className="facts">
        <dt>Name</dt>
        <dd>
          {file.name}
          {file.oddity !== undefined && <p className="odd-name">{NAME_WORDS[file.oddity].sentence}</p>}
        </dd>
        {file.number > 1 && (
          <>
            <dt>Version</dt>
            <dd>{file.number}</dd>
          </>
        )}
        <dt>Type</dt>
        <dd>{file.type}</dd>
        <dt>Size</dt>
        <dd>
          {sizeText(file.bytes)}
          {file.bytes >= KiB && ` (${file.bytes.toLocaleString('en-GB')} bytes)`}
        </dd>
        <dt>SHA-256</dt>
        <dd>
          <span className="mono">{groupedText(file.sha256)}</span>{' '}
          <Button small kind="bare" onPress={() => void desktop().copy(file.sha256)}>
            Copy
          </Button>
        </dd>
        <dt>Now</dt>
        <dd>
          <FileWords file={file} />
        </dd>
      </dl>
      <LineagePart file={file} />
      <h3>Receipts</h3>
      {file.receipts.length === 0 ? (
        <p className="quiet">
          None yet. A receipt comes when a device of the receiver holds this file whole, and when a person opens it.
        </p>
      ) : (
        <ul className="receipts">
          {file.receipts.map((receipt) => (
            <Receipt key={receipt.proof} receipt={receipt} />
          ))}
        </ul>
      )}
      {inCase !== null && <WhoSees of={inCase.of} about={{ item: file.item }} />}
      <PassportPart key={file.receipts.length} file={file} />
      <footer>
        {onError !== null && (
          <Button kind="danger" onPress={onError}>
            Sent in error…
          </Button>
        )}
        <Button onPress={onClose} autoFocus>
          Close
        </Button>
      </footer>
    </Ask>
  );
}

const WHAT: Record<ReceiptRow['what'], string> = {
  delivered: 'Delivered to',
  opened: 'Opened by',
  'viewing began': 'Viewing began:',
};

const Receipt = ({ receipt }: { readonly receipt: ReceiptRow }) => (
  <li>
    <span>
      <strong>
        {WHAT[receipt.what]} {receipt.person}, {receipt.org}
      </strong>{' '}
      {whenText(receipt.at)}, on {receipt.device}
    </span>
    <Proof hash={receipt.proof} />
  </li>
);
