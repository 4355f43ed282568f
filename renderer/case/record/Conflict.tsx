/**
 * Two values of one field, side by side, with who set each and when, until somebody chooses. The choice is recorded before
 * it is made: who chose, what is kept and what is not, for everybody who reads this place.
 */
import { useContext } from 'react';
import type { Settled } from '../../../shared/ipc/sensitive.ts';
import { casePath } from '../../../shared/model/formats/placeName.ts';
import type { FieldValue } from '../../../shared/model/record.ts';
import type { Claim } from '../../../shared/model/register.ts';
import { chooseValue } from '../../../shared/model/register.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { timeText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { CaseContext } from './caseContext.ts';
import { FilesContext } from './filesContext.ts';
import type { RecordPlace } from './recordContext.ts';
import { RecordContext } from './recordContext.ts';
import { asRead } from './RefField.tsx';
import { authorNow } from './useRecord.ts';

const MOST = 4000;

/** Where the values stand and nowhere else: of sensitive material never in a place of the case. */
const record = (of: CaseId, { kind, area }: Pick<RecordPlace, 'kind' | 'area'>, settled: Settled) =>
  kind === 'sensitive'
    ? worker().doSensitive(of, { is: 'settle', area, settled })
    : worker().doWork(of, { is: 'conflict settled', ...settled }, kind === 'working papers' ? 'own' : 'shared');

export function Conflict({ value }: { readonly value: FieldValue }) {
  const place = useContext(RecordContext);
  const opened = useContext(CaseContext);
  const files = useContext(FilesContext);
  const doing = useAct();
  if (place === null || opened === null) return null;
  const { path, field, values } = value;
  const read = (claim: Claim): string => asRead(place.record, field, claim.value, files).slice(0, MOST);
  const keep = (chosen: Claim): void => {
    const others = values.filter((claim) => claim !== chosen);
    const settled = {
      path: casePath(path),
      values: values.map(read),
      chosen: read(chosen),
      dropped: others.map((claim) => ({ value: read(claim), by: claim.by.slice(0, 200), at: claim.at })),
    };
    void doing
      .run(() => record(opened.of, place, settled))
      .then((done) => (done ? chooseValue(place.root, path, chosen, values, authorNow(place.name)) : undefined));
  };
  return (
    <div className="conflict" role="group" aria-label={`${field.label}: ${values.length} values`}>
      <span className="label">
        {field.label}: {values.length === 2 ? 'two' : values.length} values
      </span>
      <ul>
        {values.map((claim) => (
          <li key={claim.key}>
            <span className="title-cell">
              <strong>{claim.value === '' ? '(left empty)' : read(claim)}</strong>
              <span className="quiet small">
                {claim.by}, {timeText(claim.at)}
              </span>
            </span>
            {place.mayWrite && (
              <Button small name={`Keep this: ${read(claim)}`} busy={doing.busy} onPress={() => keep(claim)}>
                Keep this
              </Button>
            )}
          </li>
        ))}
      </ul>
      {place.mayWrite && <span className="quiet small">Which one you keep is recorded, and which you do not.</span>}
      {doing.wrong !== null && <Trouble sentence="Your choice was not recorded." next={doing.wrong} />}
    </div>
  );
}
