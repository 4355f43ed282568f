/**
 * The sharing agreement of a case: what is in force and since when, who is responsible for which step, what was offered and
 * waits for the other side, and every version before, with what each changed.
 */
import { useState } from 'react';
import type { AgreementView } from '../../../shared/ipc/agreement.ts';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { agreementInForce } from '../../../shared/model/work/agreement/inForce.ts';
import { Button } from '../../ui/Button.tsx';
import { timeText } from '../../ui/format.ts';
import { Loading } from '../../ui/State.tsx';
import { useAgreement } from '../../worker/views.ts';
import { newestFirst } from '../work/newestFirst.ts';
import { OfferAgreement } from './OfferAgreement.tsx';
import { Responsible } from './Responsible.tsx';
import { VersionCard } from './VersionCard.tsx';

export function SharingAgreement({ view }: { readonly view: CaseView }) {
  const agreement = useAgreement(view.row.case);
  const [offering, setOffering] = useState(false);
  const { state, may } = view.work;
  const now = agreementInForce(state);
  if (agreement === undefined) return <Loading what="the sharing agreement" />;
  return (
    <div className="stack">
      <section className="part" aria-labelledby="agreement">
        <div className="row">
          <h2 id="agreement">Sharing agreement</h2>
          {agreement.other !== null && may.includes('agreement offered') && (
            <span className="push">
              <Button onPress={() => setOffering(true)}>
                {now === null ? 'Offer an agreement' : 'Offer a new version'}
              </Button>
            </span>
          )}
        </div>
        <p>{standing(agreement, now)}</p>
        <p className="quiet small">
          The terms on which both organisations share this case. A version binds once the other side has accepted it;
          permissions count in a case by an agreement alone, so that neither organisation can change by itself what the
          other may do.
        </p>
        {state.agreements.length > 0 && (
          <ol className="cards">
            {newestFirst(state.agreements).map((version) => (
              <VersionCard
                key={version.id}
                view={view}
                version={version}
                notes={agreement.versions[version.id]}
                other={agreement.other ?? 'the other side'}
                inForce={now?.agreement.number ?? null}
              />
            ))}
          </ol>
        )}
      </section>
      <section className="part" aria-labelledby="responsible">
        <h2 id="responsible">Who is responsible for which step</h2>
        <Responsible steps={agreement.steps} agreement={now?.agreement ?? null} />
      </section>
      {offering && <OfferAgreement view={view} agreement={agreement} onClose={() => setOffering(false)} />}
    </div>
  );
}

function standing({ other }: AgreementView, now: ReturnType<typeof agreementInForce>): string {
  if (now?.inForce)
    return `Version ${now.agreement.number} is in force since ${timeText(now.inForce.at)}, accepted by ${now.inForce.by.personName}, ${now.inForce.by.orgName}.`;
  return other === null
    ? 'No agreement is in force. One can be offered once there is a Case file, which the first release makes.'
    : 'No agreement is in force: the process alone says who is responsible, and the permissions are those that Joinder comes with.';
}
