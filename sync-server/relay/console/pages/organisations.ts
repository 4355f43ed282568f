/** The organisations and their computers: who is there, how much they keep, who is kept out. */
import type { QuotaLine } from '../../decisions/quotas.ts';
import { bytes, count, span } from '../../observe/words.ts';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import type { Shown } from './parts.ts';
import { actLink, ago, id, mark, none, table } from './parts.ts';

const SHORT: Readonly<Record<QuotaLine['of'], string>> = { intake: 'An intake', area: 'An area', total: 'All' };

const quotaLine = ({ of, bytes: most, fullest, isDefault }: QuotaLine): Html =>
  html`<div>
    ${mark(fullest <= most, `${SHORT[of]}: ${bytes(most)}`, `${SHORT[of]}: ${bytes(most)}, full`)}${isDefault && html` <small>(the setting)</small>`}
    <small>${of === 'total' ? 'used' : 'fullest'}: ${bytes(fullest)}</small>
  </div>`;

export function organisations({ snapshot, account }: Shown): Html {
  const { orgs, quotas, holds, overview: all, at } = snapshot;
  if (orgs.length === 0)
    return html`<section id="orgs">
      ${none('No organisation is admitted yet: relay org add --authority CARD, on this machine.')}
    </section>`;
  const rows = orgs.map(({ org, name, fingerprint }) => {
    const health = all.organisations.find((one) => one.org === org);
    const lines = quotas.filter((one) => one.org === org);
    return html`<tr>
      <th scope="row">${id(org)}<br /><small>${name}</small></th>
      <td><code>${fingerprint}</code></td>
      <td>${mark(health?.authorityLinked === true, 'linked', 'not linked')}</td>
      <td>
        <a href="/computers?org=${org}">${health?.linked ?? 0} of ${health?.devices ?? 0} linked</a><br /><small
          >${(health?.linked ?? 0) > 0 ? 'here now' : (health?.lastContact ?? null) === null ? 'never here' : html`last here ${ago(health?.lastContact ?? null, at)}`}</small
        >
      </td>
      <td>${bytes(health?.bytes ?? 0)}</td>
      <td>${lines.map(quotaLine)} ${actLink(account, 'quota', 'Change', org)}</td>
      <td>${holds.some((one) => one.org === org) ? 'held' : actLink(account, 'hold', 'Hold', org)}</td>
    </tr>`;
  });
  return html`<section id="orgs">
    <p>The name is the one on the public card of its authority.</p>
    ${table('Organisations', ['Organisation', 'Fingerprint', 'Authority', 'Computers', 'Chunks kept', 'Quotas', 'Hold'], rows)}
  </section>`;
}

export function computers({ snapshot: { computers: all, at }, account, org }: Shown): Html {
  const shown = all.filter((one) => org === '' || one.org === org);
  const rows = shown.slice(0, 1000).map((one) => {
    const state = one.revoked
      ? 'revoked'
      : one.suspendedUntil === null
        ? null
        : `kept out for ${span(one.suspendedUntil - at)} more`;
    const act = one.revoked
      ? null
      : one.suspendedUntil === null
        ? actLink(account, 'suspend', 'Keep out', one.device)
        : actLink(account, 'resume', 'Let in', one.device);
    return html`<tr>
      <th scope="row">${id(one.device)}</th>
      <td>${id(one.org)}</td>
      <td>${state === null ? mark(true, one.linked ? 'linked' : 'may link', '') : mark(false, '', state)}</td>
      <td>${one.linked ? 'now' : ago(one.lastContact, at)}</td>
      <td>${act}</td>
    </tr>`;
  });
  return html`<section id="computers">
    <p>
      ${count(shown.length, 'computer')}${org !== '' && html` of ${id(org)}. <a href="/computers">Show all</a>`}${shown.length > 1000 && ' The first 1000 are shown: choose an organisation.'}
    </p>
    ${shown.length === 0 ? none('None has been enrolled.') : table('Computers', ['Computer', 'Organisation', 'State', 'Last contact', 'Act'], rows)}
  </section>`;
}
