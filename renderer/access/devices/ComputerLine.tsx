/** One computer: its name, whose, since when; what may be done to it. */
import { useState } from 'react';
import type { ComputerRow } from '../../../shared/ipc/computers.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { whenText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAsking } from './useComputers.ts';

interface ComputerLineProps {
  readonly row: ComputerRow;
  readonly mayRemove: boolean;
}

export function ComputerLine({ row, mayRemove }: ComputerLineProps) {
  const [asks, setAsks] = useState<'name' | 'remove' | null>(null);
  const close = (): void => setAsks(null);
  return (
    <li className="computer-line row" aria-label={`${row.name}, ${row.personName}`}>
      <span className="stack tight">
        <strong>{row.name}</strong>
        <span className="quiet small">
          {row.isMine ? '' : `${row.personName} · `}Joined {whenText(row.joined)}
          {row.isThis && ' · This computer'}
          {row.ended !== null && ` · Removed ${whenText(row.ended)}`}
        </span>
      </span>
      {row.ended === null && (
        <span className="push row">
          {row.isMine && (
            <Button small onPress={() => setAsks('name')}>
              Name
            </Button>
          )}
          {mayRemove && !row.isThis && (
            <Button small kind="danger" onPress={() => setAsks('remove')}>
              Remove
            </Button>
          )}
        </span>
      )}
      {asks === 'name' && <NameComputer row={row} onClose={close} />}
      {asks === 'remove' && <RemoveComputer row={row} onClose={close} />}
    </li>
  );
}

interface AskProps {
  readonly row: ComputerRow;
  readonly onClose: () => void;
}

function NameComputer({ row, onClose }: AskProps) {
  const [name, setName] = useState(row.name);
  const { busy, wrong, ask } = useAsking();
  const save = async (): Promise<void> => {
    if ((await ask({ do: 'name', device: row.device, name })) !== null) onClose();
  };
  return (
    <Ask title="Name this computer" open onClose={onClose}>
      <Field
        label="Name of this computer"
        value={name}
        onChange={setName}
        hint="Shown to colleagues and on receipts."
        autoFocus
      />
      {wrong !== null && <Trouble sentence={wrong} />}
      <div className="row">
        <Button onPress={onClose} busy={busy}>
          Cancel
        </Button>
        <Button kind="main" onPress={() => void save()} disabled={name.trim() === ''} busy={busy}>
          Save
        </Button>
      </div>
    </Ask>
  );
}

function RemoveComputer({ row, onClose }: AskProps) {
  const { busy, wrong, ask } = useAsking();
  const remove = async (): Promise<void> => {
    if ((await ask({ do: 'remove', device: row.device })) !== null) onClose();
  };
  return (
    <Ask title="Remove this computer?" open onClose={onClose}>
      <p>
        <strong>{row.name}</strong> of {row.personName} is shut out for good, within seconds where it is on line. It
        locks, and keeps sealed what it holds. Your posts and their cases get new keys.
      </p>
      <p className="quiet">What it had not sent stays on it. It cannot be let in again; a new profile on it can.</p>
      {wrong !== null && <Trouble sentence={wrong} />}
      <div className="row">
        <Button onPress={onClose} busy={busy}>
          Cancel
        </Button>
        <Button kind="danger" onPress={() => void remove()} busy={busy}>
          {busy ? 'Removing…' : 'Remove'}
        </Button>
      </div>
    </Ask>
  );
}
