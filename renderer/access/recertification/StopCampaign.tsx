/** Stopping a campaign: no further round, and the one that runs takes nothing from anybody. */
import { useState } from 'react';
import type { CampaignRow } from '../../../shared/ipc/recertification.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';

export function StopCampaign({ row, onClose }: { readonly row: CampaignRow; readonly onClose: () => void }) {
  const [why, setWhy] = useState('');
  return (
    <AskForm
      title={`Stop ${row.name}`}
      act="Stop"
      run={why.trim() === '' ? null : () => worker().recertify({ is: 'stop', campaign: row.id, why })}
      failed="It was not stopped."
      onClose={onClose}
    >
      <p>
        {row.over
          ? 'It does not come again.'
          : 'What nobody has reviewed stays. What was removed already stays removed, and it does not come again.'}
      </p>
      <Field label="Reason" lines={2} value={why} onChange={setWhy} required />
    </AskForm>
  );
}
