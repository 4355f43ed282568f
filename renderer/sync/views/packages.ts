/** A package as a row, for its sender or its receiver, and the lines of its history. */
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import { condition, noCondition } from '../../../shared/status/condition.ts';
import type { PackageFacts } from '../../../shared/status/package.ts';
import { packageWord } from '../../../shared/status/package.ts';
import type { PackageFact } from '../cases/caseIndex.ts';
import { packages } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import { clockOf } from './clock.ts';
import { droppedFact, versionFacts, waitsOf, withdrawnFact } from './fileFacts.ts';
import { packagedFile } from './files.ts';

function decidedFact({ session }: Desktop, pkg: PackageFact): PackageFacts['decided'] {
  const id = pkg.content.package;
  const decisions = [...session.facts.of('accepted'), ...session.facts.of('returned')].filter(
    (f) => f.fact.package === id && f.org === pkg.content.to.org,
  );
  const [first] = decisions.sort((a, b) => (a.n ?? Infinity) - (b.n ?? Infinity) || a.fact.at - b.fact.at);
  if (!first) return null;
  const { fact } = first;
  return { is: fact.is, at: fact.at, name: fact.by.personName, reason: fact.is === 'returned' ? fact.reason : '' };
}

export function packageFacts(desktop: Desktop, pkg: PackageFact): PackageFacts {
  const { session } = desktop;
  const { content } = pkg;
  const sent = session.facts.of('sent').find((f) => f.fact.package === content.package);
  const receivable =
    pkg.direction === 'received' || session.directories.current(content.to.org)?.seats.has(content.to.seat);
  return {
    side: pkg.direction === 'sent' ? 'sender' : 'receiver',
    org: pkg.direction === 'sent' ? content.to.orgName : content.from.orgName,
    files: content.files.map((file) => versionFacts(desktop, pkg, file)),
    released: { at: content.at },
    receivable: receivable ? { at: content.at } : null,
    waits: waitsOf(desktop, pkg),
    sent: sent ? { at: sent.fact.at } : null,
    decided: decidedFact(desktop, pkg),
    withdrawn: withdrawnFact(desktop, content.package),
    destroyed: null,
  };
}

export function packageRow(desktop: Desktop, pkg: PackageFact): PackageRow {
  const { session, moving } = desktop;
  const { content, direction } = pkg;
  const facts = packageFacts(desktop, pkg);
  const clock = clockOf(session);
  const files = content.files.map((file) => packagedFile(desktop, pkg, file));
  const open = facts.decided === null && facts.withdrawn === null;
  const whole = moving.isWhole(content.package);
  const missing = content.files.filter(
    (f) => !moving.here.has(f.content.version) && droppedFact(desktop, content.package, f.content.version) === null,
  ).length;
  return {
    package: content.package,
    direction,
    case: content.case,
    caseTitle: content.title,
    urn: content.urn,
    org: facts.org,
    post: direction === 'sent' ? content.to.post : content.from.post,
    by: content.from.personName,
    purpose: content.purpose,
    urgency: content.urgency,
    at: content.at,
    word: packageWord(facts, clock).word,
    condition: condition(
      {
        ...noCondition,
        withdrawn: facts.withdrawn,
        reached: facts.files.some((f) => f.delivered !== null),
        paused: false,
      },
      clock,
    ),
    files,
    answers: content.answers,
    summary: content.summary,
    can: {
      withdraw: direction === 'sent' && facts.withdrawn === null,
      accept: direction === 'received' && open && whole,
      return: direction === 'received' && open,
    },
    acceptWaits:
      direction === 'received' && open && !whole
        ? `Accept needs every file: ${missing} of ${content.files.length} not here yet.`
        : null,
    history: history(desktop, pkg, facts),
  };
}

function history(desktop: Desktop, { content }: PackageFact, facts: PackageFacts): PackageRow['history'] {
  const lines = [
    {
      at: content.at,
      sentence: `Released by ${content.from.personName}, ${content.from.orgName}, to ${content.to.post}, ${content.to.orgName}`,
    },
  ];
  if (facts.sent) lines.push({ at: facts.sent.at, sentence: 'Taken by the relay' });
  for (const { fact } of desktop.session.facts.of('receipt').filter((f) => f.fact.package === content.package)) {
    const name = content.files.find((f) => f.content.version === fact.version)?.name ?? 'a file';
    const did = {
      delivered: 'delivered to',
      opened: 'opened by',
      'viewing began': 'viewing began by',
      exported: 'exported by',
    }[fact.what];
    lines.push({
      at: fact.at,
      sentence: `${name}: ${did} ${fact.by.personName}, ${fact.by.orgName} (${fact.deviceName})`,
    });
  }
  if (facts.decided)
    lines.push({
      at: facts.decided.at,
      sentence:
        facts.decided.is === 'accepted'
          ? `Accepted by ${facts.decided.name}`
          : `Returned by ${facts.decided.name}: ${facts.decided.reason}`,
    });
  if (facts.withdrawn)
    lines.push({ at: facts.withdrawn.at, sentence: `Withdrawn by ${facts.withdrawn.name}: ${facts.withdrawn.reason}` });
  const seen = new Set<string>();
  return lines.filter((line) => !seen.has(line.sentence) && seen.add(line.sentence)).sort((a, b) => a.at - b.at);
}

export const allPackageRows = (desktop: Desktop): readonly PackageRow[] =>
  packages(desktop.session).map((pkg) => packageRow(desktop, pkg));
