/** How the relay stands, at a glance; and what is stuck, why, and what next. */
import { HOUR } from '../../../../shared/primitives/units.ts';
import { sentenceOf } from '../../observe/stuck.ts';
import { bytes, count, span } from '../../observe/words.ts';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Shown } from './parts.ts';
import { ago, id, mark, none, table, tile, wantsSomebody } from './parts.ts';

export function overview({ snapshot, config }: Shown): Html {
  const { overview: all, findings, at, copies } = snapshot;
  const see = findings.filter(({ ok }) => !ok);
  const { running } = all;
  const newest = copies.at(-1)?.time ?? null;
  const isCopied = newest !== null && at - newest <= config['backup.warn-after'] * HOUR;
  const isRoomy = all.free >= config['limits.free-space'];
  const away = all.organisations.filter(({ authorityLinked }) => authorityLinked === false).length;
  const stuck = all.stuck.filter(wantsSomebody).length;
  const onTheWay = all.stuck.length - stuck;
  return html`<section id="state" class="state ${see.length === 0 ? 'well' : 'see'}">
      <h2>${see.length === 0 ? '✓ The relay is well' : `▲ ${count(see.length, 'thing')} to see to`}</h2>
      ${
        see.length > 0 &&
        html`<ul>
          ${see.map(({ what, next }) => html`<li>${what} <strong>${next ?? ''}</strong></li>`)}
        </ul>`
      }
    </section>
    <section id="figures">
      <h2 class="unseen">Figures</h2>
      <dl class="tiles">
        ${tile('Links', String(running?.links ?? 0), running ? `${running.slowLinks} slow` : 'the relay does not answer', running !== null && running.slowLinks === 0)}
        ${tile('Authorities', `${all.organisations.length - away} of ${all.organisations.length}`, away === 0 ? 'all linked' : 'not all are linked', away === 0)}
        ${tile('Waiting for the disk', String(running?.queue ?? 0), 'works', (running?.queue ?? 0) <= 1000)}
        ${tile('Lag', `${running?.lag ?? 0} ms`, '99 of 100 are below', (running?.lag ?? 0) <= 500)}
        ${tile('Free space', bytes(all.free), isRoomy ? `wanted: ${bytes(config['limits.free-space'])}` : 'too little', isRoomy)}
        ${tile('Stuck', String(stuck), stuck === 0 ? `${onTheWay} on their way` : html`<a href="/stuck">which, and why</a>`, stuck === 0)}
        ${tile('Newest copy', newest === null ? 'none' : span(at - newest), newest === null ? 'no copy is known' : isCopied ? 'old, as wanted' : 'too old', isCopied)}
        ${tile('Kept', bytes(all.chunkBytes + all.entryBytes), `${count(all.chunks, 'chunk')}, ${count(all.entries, 'entry', 'entries')}`)}
      </dl>
    </section>
    <section id="by-organisation">
      <h2>Organisations</h2>
      ${orgHealth(snapshot)}
    </section>`;
}

function orgHealth({ overview: { organisations }, at }: Snapshot): Html {
  if (organisations.length === 0) return none('No organisation is admitted yet: relay org add --authority CARD.');
  return table(
    'Organisations',
    ['Organisation', 'Authority', 'Computers linked', 'Last contact', 'Chunks kept'],
    organisations.map(
      (one) =>
        html`<tr>
          <th scope="row">${id(one.org)}</th>
          <td>${mark(one.authorityLinked === true, 'linked', 'not linked')}</td>
          <td>${one.linked} of ${one.devices}</td>
          <td>${one.linked > 0 ? 'now' : ago(one.lastContact, at)}</td>
          <td>${bytes(one.bytes)}</td>
        </tr>`,
    ),
  );
}

export function stuckPage({
  snapshot: {
    overview: { stuck },
    at,
  },
}: Shown): Html {
  if (stuck.length === 0) return html`<section id="stuck">${none('✓ Nothing is stuck.')}</section>`;
  const rows = stuck.slice(0, 500).map(
    (one) =>
      html`<tr>
        <th scope="row">${id(one.entry)}</th>
        <td>${id(one.from)}</td>
        <td>${one.to === null ? html`area ${id(one.area)}` : id(one.to)}</td>
        <td>${ago(one.taken, at)}</td>
        <td>
          <meter
            min="0"
            max="${Math.max(1, one.chunks)}"
            value="${one.wholeChunks}"
            aria-label="Chunks that are whole"
          ></meter>
          <span class="together">${one.wholeChunks} of ${one.chunks}</span><br /><small
            >${bytes(one.wholeBytes)} of ${bytes(one.bytes)}</small
          >
        </td>
        <td>${mark(!wantsSomebody(one), one.cause, one.cause)}<br /><small>${sentenceOf(one)}.</small></td>
      </tr>`,
  );
  return html`<section id="stuck">
    <p>
      ${count(stuck.length, 'package')} not with the receiver yet, newest first. The relay knows no more than ids and
      sizes: whose it is, the two sides know.
    </p>
    ${table('Stuck', ['Package', 'From', 'To', 'Taken', 'Chunks whole', 'Why, and what next'], rows)}
  </section>`;
}
