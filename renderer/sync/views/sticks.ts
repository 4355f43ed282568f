/**
 * Packages as they go by stick: where each stands, what of it may be put on one, and what is under way. Decides no word.
 */
import type { StickChoice, StickView } from '../../../shared/ipc/stick.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import * as proved from '../../../shared/model/packageStatus.ts';
import { packages } from '../cases/caseIndex.ts';
import { mayPost } from '../cases/stick/again.ts';
import { goes } from '../cases/stick/writing.ts';
import type { Desktop } from '../desktop.ts';

/** Where it stands by stick; null: the relay has all of it, or none of it came that way. */
export function stickOf({ session: { facts } }: Desktop, pkg: PackageState): 'out' | 'ahead' | null {
  if (pkg.side === 'receiver') return facts.get(pkg.entry)?.n === null ? 'ahead' : null;
  if (pkg.stick?.alone && proved.missing(pkg).length > 0) return 'out';
  const isOrdered = pkg.posted !== null && (pkg.sentAt !== null || facts.acknowledged.has(pkg.posted.entry));
  return !isOrdered && proved.hasArrived(pkg) ? 'ahead' : null;
}

/** A package goes from a computer of its post that holds all of it; receipts from any that wrote some. */
export function stickable({ session, moving }: Desktop, pkg: PackageState): 'package' | 'receipts' | null {
  if (pkg.withdrawn) return null;
  if (pkg.side === 'sender') {
    const isOwn = pkg.device === session.identity.device;
    const isWhole = pkg.files.filter(goes).every(({ file }) => moving.here.has(file.content.version));
    return pkg.posted && (isOwn || (isWhole && mayPost(session, pkg))) ? 'package' : null;
  }
  const mine = pkg.files.some(({ receipts }) => receipts.some(({ device }) => device === session.identity.device));
  return mine || pkg.received || pkg.decided ? 'receipts' : null;
}

function choiceOf(desktop: Desktop, pkg: PackageState): StickChoice[] {
  const what = stickable(desktop, pkg);
  if (what === null) return [];
  const { content, package: id, files } = pkg;
  const { org, orgName, seat, post } = what === 'package' ? content.to : content.from;
  const going = files.filter((file) => what === 'package' && goes(file));
  const bytes = going.flatMap(({ file }) => file.content.chunks).reduce((sum, { size }) => sum + size, 0);
  return [
    {
      package: id,
      what,
      to: `${org} ${seat}`,
      post,
      org: orgName,
      caseTitle: content.title,
      purpose: content.purpose,
      files: going.length,
      bytes,
    },
  ];
}

/** The newest first: that is what a person has just released or received. */
export function stickView(desktop: Desktop): StickView {
  const newest = [...packages(desktop.session)].sort((a, b) => b.content.at - a.content.at);
  return { now: desktop.sticks.underWay, choices: newest.flatMap((pkg) => choiceOf(desktop, pkg)) };
}
