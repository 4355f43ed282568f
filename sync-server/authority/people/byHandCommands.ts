/** The commands of what an administrator does by hand to people, and of what they may look at before and after. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { dayNumber } from '../../../shared/primitives/calendar.ts';
import { findPerson, giveAttributes } from '../acts.ts';
import type { Authority } from '../authority.ts';
import type { Given, OptionSpec } from '../cli/commandLine.ts';
import type { Answer } from '../cli/onAuthority.ts';
import { onAuthority, said } from '../cli/onAuthority.ts';
import { endAccess, letInAgain } from './ending.ts';
import { addBaseline, givePost, previewMove, removeBaseline, takePost } from './byHand.ts';

const PERSON: OptionSpec = { flags: '--person <person>', says: 'id, or exact name', required: true };
const POST: OptionSpec = { flags: '--post <post>', says: 'id, or exact title', required: true };

function day(text: string): string {
  if (dayNumber(text) === null) throw new InvalidArgumentError('A day is written YYYY-MM-DD.');
  return text;
}
const dayOption = (flags: string, says: string): OptionSpec => ({ flags, says, read: day });

/** Below `person`: posts by hand, the preview of a move, the record. */
export function addByHandCommands(person: Command): void {
  onAuthority(
    person,
    'hold-post',
    'give a person a post',
    [
      PERSON,
      POST,
      dayOption('--from <day>', 'first day'),
      dayOption('--until <day>', 'last day'),
      { flags: '--owner <person>', says: 'who answers for it: a personal grant, which needs a last day' },
    ],
    async (authority, given) => {
      const span = { from: given.optional('from') ?? null, until: given.optional('until') ?? null };
      const owner = given.optional('owner') ?? null;
      const done = await givePost(authority, given.text('person'), given.text('post'), span, owner);
      const when = `${span.from === null ? '' : ` from ${span.from}`}${span.until === null ? '' : ` until ${span.until}`}`;
      return done.ok ? said({ id: done.value }, `The person holds the post${when}.`) : done;
    },
  );
  onAuthority(person, 'leave-post', 'take a post from a person', [PERSON, POST], async (authority, given) => {
    const done = await takePost(authority, given.text('person'), given.text('post'));
    return done.ok ? said({ id: done.value }, 'The person no longer holds the post.') : done;
  });
  onAuthority(
    person,
    'end',
    'end the access of a person at once: posts, computers and codes, whatever other systems say',
    [PERSON],
    async (authority, given) => {
      const done = await endAccess(authority, given.text('person'));
      return done.ok ? said({ id: done.value }, 'Their access has ended. They count as a leaver from today.') : done;
    },
  );
  onAuthority(
    person,
    'let-in',
    'let a person in again whose access was ended by hand',
    [PERSON],
    async (authority, given) => {
      const done = await letInAgain(authority, given.text('person'));
      const words =
        'They have the posts that personnel or provider name, and none by hand. Next: person hold-post, then enrol-code.';
      return done.ok ? said({ id: done.value }, words) : done;
    },
  );
  onAuthority(
    person,
    'attributes',
    'say what a person has that cases may ask for, such as a vetting level, in place of what was said before',
    [PERSON, { flags: '--has <word>', says: 'such as SC, MV or NPPV3; repeatable', repeatable: true }],
    async (authority, given) => {
      const has = given.many('has');
      const done = await giveAttributes(authority, given.text('person'), has);
      const words =
        has.length === 0 ? 'The person has nothing of the kind now.' : `The person now has: ${has.join(', ')}.`;
      return done.ok ? said({ id: done.value, has }, words) : done;
    },
  );
  onAuthority(
    person,
    'preview',
    'say what a person would lose and gain in another post',
    [
      PERSON,
      { flags: '--post <title>', says: 'title of the post', required: true },
      { flags: '--unit <unit>', says: 'its unit' },
    ],
    preview,
  );
  onAuthority(
    person,
    'key-admin',
    'let a person add and remove computers for others, or end that',
    [PERSON, { flags: '--end', says: 'they may no longer' }],
    async (authority, given) => {
      const found = findPerson(await authority.directory.state(), given.text('person'));
      if (!found.ok) return found;
      const ends = given.has('end');
      authority.store.devices.setKeyAdmin(found.value, !ends, authority.platform.now());
      return said(
        { id: found.value, isKeyAdmin: !ends },
        ends
          ? 'The person is no key-admin any more.'
          : 'The person is a key-admin: they may add and remove computers for others.',
      );
    },
  );
  onAuthority(
    person,
    'record',
    'say who joined, moved and left, when, and what brought it about',
    [{ flags: '--person <person>', says: 'id, or exact name: of this person alone' }],
    record,
  );
}

async function preview(authority: Authority, given: Given): Promise<Answer> {
  const post = { title: given.text('post'), unit: given.optional('unit') ?? '' };
  const done = await previewMove(authority, given.text('person'), post);
  if (!done.ok) return done;
  const { loses, gains, renew } = done.value;
  const lines = [
    `Loses ${loses.length}, gains ${gains.length}, ${renew.length} personal to be renewed. Nothing was changed.`,
    ...loses.map((one) => `  loses ${one}`),
    ...gains.map((one) => `  gains ${one}`),
    ...renew.map((one) => `  to be renewed: ${one}`),
  ];
  return said({ loses, gains, renew }, lines.join('\n'));
}

async function record(authority: Authority, given: Given): Promise<Answer> {
  const state = await authority.directory.state();
  const named = given.optional('person');
  const found = named === undefined ? null : findPerson(state, named);
  if (found?.ok === false) return found;
  const all = authority.people.record(found?.value).map((one) => ({ ...one, time: new Date(one.time).toISOString() }));
  const lines = all.map(
    ({ time, person, what, source, about }) =>
      `${time}  ${state.people.get(person)?.name ?? person} ${what}${about === null ? '' : `: ${about}`} (${source})`,
  );
  return said(all, lines.length === 0 ? 'Nobody has joined, moved or left yet.' : lines.join('\n'));
}

export function addBaselineCommands(program: Command): void {
  const baseline = program.command('baseline').description('posts that come by themselves');
  onAuthority(
    baseline,
    'add',
    'let a post come by itself: to everybody, or to who is in a unit or holds a post',
    [
      { ...POST, says: 'the post that comes: id, or exact title' },
      { flags: '--for-unit <unit>', says: 'to everybody in this unit' },
      { flags: '--for-post <title>', says: 'to who holds a post of this title' },
    ],
    async (authority, given) => {
      const to = { title: given.optional('forPost') ?? null, unit: given.optional('forUnit') ?? null };
      const done = await addBaseline(authority, given.text('post'), to);
      return done.ok ? said({ id: done.value.id }, `Baseline ${done.value.id} was added.`) : done;
    },
  );
  onAuthority(baseline, 'list', 'list what comes by itself', [], async (authority) => {
    const { posts } = await authority.directory.state();
    const all = authority.people.baselines();
    const lines = all.map(
      ({ id, seat, title, unit }) =>
        `${posts.get(seat)?.title ?? 'a post'} (post ${seat}): everybody${whom(title, unit)} (baseline ${id})`,
    );
    return said(all, lines.length === 0 ? 'Nothing comes by itself. Next: baseline add --post POST' : lines.join('\n'));
  });
  onAuthority(
    baseline,
    'remove',
    'let a post no longer come by itself',
    [{ flags: '--baseline <id>', says: "id, which 'baseline list' shows", required: true }],
    async (authority, given) => {
      const done = await removeBaseline(authority, given.text('baseline'));
      return done.ok ? said({}, 'The post no longer comes by itself.') : done;
    },
  );
}

function whom(title: string | null, unit: string | null): string {
  const parts = [...(title === null ? [] : [`holds ${title}`]), ...(unit === null ? [] : [`is in ${unit}`])];
  return parts.length === 0 ? '' : ` who ${parts.join(' and ')}`;
}
