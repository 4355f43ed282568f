/**
 * A version of a sharing agreement, all of it: parties, lawful basis, purposes, marking, retention, permissions. What nobody
 * held against its source says so.
 */
import type { Agreement } from '../../../shared/model/work/agreement/schema.ts';
import { dayText } from '../../ui/format.ts';

const months = (count: number | null): string =>
  count === null ? 'kept until a person decides' : `reviewed after ${count} ${count === 1 ? 'month' : 'months'}`;

const Source = ({ of }: { readonly of: { readonly source: string; readonly verified: boolean } }) => (
  <span className="quiet small block">
    {of.source}
    {!of.verified && ' · not verified'}
  </span>
);

export function AgreementText({ agreement }: { readonly agreement: Agreement }) {
  const { name, effective, review, parties, basis, purposes, markings, retention, permissions } = agreement;
  return (
    <dl className="facts">
      <dt>Agreement</dt>
      <dd>
        {name}, version {agreement.number}
      </dd>
      <dt>In effect from</dt>
      <dd>
        {dayText(effective)}
        {review !== null && `, to be reviewed by ${dayText(review)}`}
      </dd>
      <dt>Parties</dt>
      <dd>
        {parties.map((party) => (
          <span key={party.name} className="block">
            {party.name}, {party.side}
            <span className="quiet small block">{party.controller}</span>
          </span>
        ))}
      </dd>
      <dt>Purposes</dt>
      <dd>
        {purposes.map((purpose) => (
          <span key={purpose} className="block">
            {purpose}
          </span>
        ))}
      </dd>
      <dt>Lawful basis</dt>
      <dd>
        {basis.map((one) => (
          <span key={one.text} className="block">
            {one.text}
            <Source of={one} />
          </span>
        ))}
      </dd>
      <dt>Marking</dt>
      <dd>
        {markings.map((one) => (
          <span key={one.marking} className="block">
            <strong>{one.marking}</strong>: {one.rule}
            <Source of={one} />
          </span>
        ))}
      </dd>
      <dt>Retention</dt>
      <dd>
        {retention.map((one) => (
          <span key={one.code} className="block">
            <strong>{one.title}</strong>: {one.keep}; {months(one.reviewAfter)}
            <Source of={one} />
          </span>
        ))}
      </dd>
      <dt>Permissions</dt>
      <dd>
        {permissions === null
          ? 'Those that Joinder comes with'
          : `${permissions.name}, ${permissions.version} (SHA-256 ${permissions.sha256.slice(0, 16)}…)`}
      </dd>
    </dl>
  );
}
