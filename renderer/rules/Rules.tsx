/**
 * Which rule data judges at our organisation and at each partner: edition, since when, whose, its hash, what it changed of
 * the one before; what waits for its first day; what was refused, and why. Nothing is changed here: rules are published by
 * an organisation's authority.
 */
import '../case/case.css';
import './rules.css';
import { useId } from 'react';
import type { OrganisationRules } from '../../shared/ipc/rules.ts';
import { Loading } from '../ui/State.tsx';
import { countText, dayText, groupedText, whenText } from '../ui/format.ts';
import { useView } from '../worker/views.ts';
import { AllRules } from './AllRules.tsx';
import { Changes } from './Changes.tsx';
import { Refused } from './Refused.tsx';

export function Rules() {
  const rules = useView('rules');
  return (
    <div className="screen">
      <header>
        <h1>Rules</h1>
        <p className="quiet">
          What a case is judged by: the file standard, time limits and process, as each organisation publishes them.
          Published permissions count in a case once a sharing agreement that brings them is in force there: neither
          organisation can say by itself what the other may do.
        </p>
      </header>
      {rules === undefined ? <Loading what="the rules" /> : rules.map((one) => <Organisation key={one.org} of={one} />)}
    </div>
  );
}

function Organisation({ of }: { readonly of: OrganisationRules }) {
  const title = useId();
  return (
    <section className="part rules-of" aria-labelledby={title}>
      <div className="row">
        <h2 id={title}>{of.org}</h2>
        <span className="quiet">{of.own ? 'Your organisation' : 'Partner'}</span>
      </div>
      <Refused rules={of} />
      <InForce rules={of} />
      <Changes rules={of} />
      <Waiting rules={of} />
      <h3>All rules</h3>
      <AllRules rules={of} />
    </section>
  );
}

function InForce({ rules: { edition, published, rules, files, org } }: { readonly rules: OrganisationRules }) {
  const unverified = rules.filter((rule) => !rule.verified).length;
  return (
    <dl className="facts">
      <dt>Edition in force</dt>
      <dd>
        <strong>{edition.edition}</strong> of {edition.name}
      </dd>
      <dt>Since</dt>
      <dd>
        {dayText(edition.from)}
        {edition.to !== null && `, to ${dayText(edition.to)}`}
      </dd>
      <dt>Made by</dt>
      <dd>{edition.organisation}</dd>
      <dt>Published</dt>
      <dd>
        {published === null
          ? `Not by ${org}: these come with Joinder`
          : `${whenText(published)}, signed by the authority of ${org}`}
      </dd>
      <dt>SHA-256</dt>
      <dd className="mono">{groupedText(edition.sha256)}</dd>
      <dt>Holds</dt>
      <dd>
        {countText(rules.length, 'rule')}
        {unverified > 0 && `, ${unverified} of them not verified`}, in {countText(files.length, 'file')}:{' '}
        {files.map(({ name, title }) => (title === '' ? name : title)).join('; ')}
      </dd>
    </dl>
  );
}

function Waiting({ rules: { waiting } }: { readonly rules: OrganisationRules }) {
  if (waiting.length === 0) return null;
  return (
    <div className="stack tight">
      <h3>Not in force yet</h3>
      <ul>
        {waiting.map(({ edition, published }) => (
          <li key={edition.sha256}>
            Edition {edition.edition}, from {dayText(edition.from)}{' '}
            <span className="quiet small">Published {whenText(published)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
