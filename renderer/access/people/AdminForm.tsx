/** A dialog for one act of an administrator: it stays open with the sentence of a refusal, and keeps what was filled in. */
import type { ReactNode } from 'react';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Trouble } from '../../ui/State.tsx';
import type { useAdmin } from './useAdmin.ts';

interface AdminFormProps {
  readonly title: string;
  readonly button: string;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly admin: ReturnType<typeof useAdmin>;
  readonly onClose: () => void;
  readonly onDo: () => void;
  readonly children: ReactNode;
}

export const AdminForm = ({ title, button, disabled, danger, admin, onClose, onDo, children }: AdminFormProps) => (
  <Ask title={title} open onClose={onClose}>
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (disabled !== true) onDo();
      }}
    >
      {children}
      {admin.wrong !== null && <Trouble sentence="It was not done." next={admin.wrong} />}
      <footer>
        <Button onPress={onClose}>Close</Button>
        <Button kind={danger === true ? 'danger' : 'main'} type="submit" disabled={disabled ?? false} busy={admin.busy}>
          {button}
        </Button>
      </footer>
    </form>
  </Ask>
);
