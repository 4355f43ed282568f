/** What an administrator looks after: what may go and what is held, copies, what was done, how much is logged. */
import type { Millis } from '../../../../shared/primitives/units.ts';
import { bytes, count, span, time } from '../../observe/words.ts';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import type { Job } from '../jobs.ts';
import { sentenceOfProposal } from '../twoPeople.ts';
import type { Shown } from './parts.ts';
import { actLink, ago, id, none, table } from './parts.ts';

export function retention({ snapshot: { halves, holds, proposals, at }, config, account }: Shown): Html {
  const sum = (found: typeof halves): string => bytes(found.reduce((all, one) => all + one.bytes, 0));
  const held = halves.filter((one) => one.held);
  const mayAct = account.role === 'operator';
  return html`<section id="due">
      <h2>Due</h2>
      <p>
        Uploads that nobody went on with for ${count(config['retention.half-uploads'], 'day')}:
        <strong>${halves.length}</strong>,
        ${sum(halves)}${held.length > 0 && `; of these held, and kept: ${held.length}, ${sum(held)}`}.
      </p>
      ${mayAct && html`<p><a class="act" href="/act/sweep?of=">Propose to drop them</a></p>`}
    </section>
    <section id="proposals">
      <h2>Waiting for a second person</h2>
      ${
        proposals.length === 0
          ? none('Nothing waits.')
          : table(
              'Proposals',
              ['Proposal', 'By', 'When', 'Act'],
              proposals.map(
                (one) =>
                  html`<tr>
                    <th scope="row">${sentenceOfProposal(one.proposed)}</th>
                    <td>${one.by}</td>
                    <td>${ago(one.at, at)}</td>
                    <td>
                      ${one.by === account.name ? html`<small>somebody else approves it</small> ` : actLink(account, 'approve', 'Approve', String(one.id))}
                      ${actLink(account, 'withdraw', 'Turn down', String(one.id))}
                    </td>
                  </tr>`,
              ),
            )
      }
    </section>
    <section id="holds">
      <h2>Holds</h2>
      ${
        holds.length === 0
          ? none('Nothing is held. An organisation is held under Organisations.')
          : table(
              'Holds',
              ['Organisation', 'Since', 'By', 'Act'],
              holds.map(
                (one) =>
                  html`<tr>
                    <th scope="row">${id(one.org)}</th>
                    <td>${ago(one.since, at)}</td>
                    <td>${one.by}</td>
                    <td>${actLink(account, 'release', 'Propose to release', one.org)}</td>
                  </tr>`,
              ),
            )
      }
    </section>`;
}

function jobLine(job: Job | null, now: Millis): Html {
  if (job === null) return html``;
  if (job.said === null) return html`<p role="status">Under way for ${span(now - job.since)}, begun by ${job.by}.</p>`;
  return html`<div class="said ${job.said.ok ? 'well' : 'see'}">
    <p>${job.said.ok ? '✓' : '▲'} ${job.said.lines[0] ?? ''} <small>${ago(job.since, now)}, by ${job.by}</small></p>
    ${
      job.said.lines.length > 1 &&
      html`<ul>
        ${job.said.lines.slice(1, 50).map((line) => html`<li>${line}</li>`)}
      </ul>`
    }
  </div>`;
}

export function backups({ snapshot: { copies, at }, config, account, job }: Shown): Html {
  const isSet = config['backup.folder'] !== '';
  return html`<section id="copies">
      <h2>Copies</h2>
      ${!isSet && html`<p class="see">▲ backup.folder is not set: say in the settings where copies go, and start the relay anew.</p>`}
      ${jobLine(job('make copy'), at)}${jobLine(job('verify copy'), at)}
      ${isSet && html`<p>${account.role === 'operator' && html`<a class="act" href="/act/copy?of=">Make a copy</a> `}${copies.length > 0 && html`<a class="act" href="/act/verify-copy?of=">Look the newest over</a>`}</p>`}
      ${
        copies.length === 0
          ? none('There is no copy yet.')
          : table(
              'Copies',
              ['Copy', 'Age'],
              copies.toReversed().map(
                (one) =>
                  html`<tr>
                    <th scope="row"><code>${one.name}</code></th>
                    <td>${span(at - one.time)}</td>
                  </tr>`,
              ),
            )
      }
    </section>
    <section id="restore">
      <h2>Putting a copy back</h2>
      <p>
        A relay that runs cannot be put back. On this machine, as the relay’s user: stop it, move the data folder away,
        and
        <code
          >relay backup restore --from ${isSet ? config['backup.folder'] : 'FOLDER'} --key relay.key --data FOLDER</code
        >; then start it. Laptops send again what the copy lacks.
      </p>
    </section>`;
}

/** A detail of an act: a moment as one, and where nothing of its own was decided, that. */
function written(key: string, value: unknown): string {
  if (key === 'until' && typeof value === 'number') return time(value);
  if (value === null) return key === 'bytes' ? 'as the setting says' : 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function audit({ snapshot: { at }, acts, job }: Shown): Html {
  return html`<section id="verify">
      <h2>Verify</h2>
      ${jobLine(job('verify records'), at)}
      <p><a class="act" href="/act/verify-records?of=">Verify the records</a></p>
    </section>
    <section id="acts">
      <h2>What administrators did</h2>
      <p>
        Each is signed and bound to the one before it. The newest ${acts.length} are shown; all of them:
        <code>relay audit list</code>.
      </p>
      ${
        acts.length === 0
          ? none('Nothing yet.')
          : table(
              'Acts',
              ['No.', 'When', 'By', 'Act', 'Detail'],
              acts.map((one) => {
                const { by = 'command line', ...detail } = JSON.parse(one.detail) as Record<string, unknown>;
                return html`<tr>
                  <th scope="row">${one.n}</th>
                  <td><time>${new Date(one.time).toISOString().slice(0, 19).replace('T', ' ')}</time></td>
                  <td>${String(by)}</td>
                  <td>${one.act}</td>
                  <td class="detail">
                    <code
                      >${Object.entries(detail)
                        .map(([key, value]) => `${key}: ${written(key, value)}`)
                        .join(', ')}</code
                    >
                  </td>
                </tr>`;
              }),
            )
      }
    </section>`;
}

export function log({ snapshot: { logLevel }, config, account }: Shown): Html {
  return html`<section id="level">
    <h2>Level</h2>
    <p>
      Lines of JSON on stderr; under systemd: <code>journalctl -u joinder-relay</code>. At
      <strong>${logLevel ?? config['log.level']}</strong
      >${logLevel === null ? ', as the settings say' : ', until the relay ends'}.
    </p>
    ${account.role === 'operator' && html`<p><a class="act" href="/act/log?of=">Change it</a></p>`}
  </section>`;
}
