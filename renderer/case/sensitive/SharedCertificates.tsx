/**
 * The certificates of the sensitive schedule that came with what is shared: who certified what and when, with its rows by
 * value. The newest is the one that stands; those before it stay in sight.
 */
import type { SensitivePlace, SharedCertificate } from '../../../shared/ipc/sensitive.ts';
import { countText, timeText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { ScheduleTable } from '../work/decisions/ScheduleTable.tsx';

export const SharedCertificates = ({ place }: { readonly place: SensitivePlace }) => (
  <section className="part" aria-labelledby="shared-certificates">
    <h3 id="shared-certificates">Disclosure certificate (MG6D)</h3>
    {place.certificates.length === 0 ? (
      <p className="quiet">No certificate of this schedule was shared.</p>
    ) : (
      <ol className="cards">
        {place.certificates.map((one, i) => (
          <Card key={one.id} one={one} past={i > 0} />
        ))}
      </ol>
    )}
  </section>
);

const Card = ({ one, past }: { readonly one: SharedCertificate; readonly past: boolean }) => (
  <li className={past ? 'card past' : 'card'} aria-label="Certificate of MG6D">
    <div className="row">
      <strong>
        {past ? 'Replaced. ' : ''}Certified by {one.by}, {timeText(one.at)}
      </strong>
      <span className="push quiet small">
        {one.post}
        {one.sharedBy !== one.by && `; shared by ${one.sharedBy}`}
      </span>
    </div>
    {one.words !== '' && <p className="said">{one.words}</p>}
    {!one.fits && (
      <Trouble
        sentence="These rows do not have the hash that was certified."
        next="Whoever shared them used a faulty or altered program. Ask the disclosure officer to certify and share it again."
      />
    )}
    <ScheduleTable label="MG6D as certified" rows={one.rows} />
    <p className="quiet small">
      Frozen: {countText(one.rows.length, 'item')}, SHA-256 <span className="mono">{one.sha256}</span>
    </p>
  </li>
);
