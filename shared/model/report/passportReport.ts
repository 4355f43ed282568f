/**
 * An integrity passport for reading. The proofs themselves are in the JSON, which the paper names by its SHA-256: paper
 * alone proves nothing, and says so. Pure.
 */
import { shownName } from '../../primitives/fileName.ts';
import type { Hash } from '../../primitives/ids.ts';
import type { Passport } from '../passport/schema.ts';
import { STEP_WORDS } from '../passport/words.ts';
import type { Block, Report } from './report.ts';

interface ShownStep {
  readonly what: keyof typeof STEP_WORDS;
  readonly at: number;
  readonly by: string | null;
  readonly computer: string | null;
  readonly more: string | null;
  readonly wrong: string | null;
}

interface Circumstances {
  readonly at: number;
  readonly timeText: (at: number) => string;
  readonly steps: readonly ShownStep[];
  /** Steps that are known and cannot be proved. */
  readonly unproved: number;
  readonly marking: string;
  /** Of the passport as JSON. */
  readonly sha256: Hash;
}

export function passportReport(passport: Passport, about: Circumstances): Report {
  const { file, organisations, made } = passport;
  const { steps, timeText, unproved } = about;
  const relays = new Set(
    passport.steps.flatMap((step) => (step.what === 'held by the relay' ? [step.proof.relayKey] : [])),
  );
  const blocks: Block[] = [
    { is: 'heading', level: 1, text: `Integrity passport: ${shownName(file.name)}` },
    {
      is: 'lines',
      lines: [
        { label: 'Type', value: file.type },
        { label: 'Size', value: `${file.bytes} bytes` },
        { label: 'SHA-256', value: file.sha256 },
        { label: 'Made by', value: made.by },
        { label: 'Made at', value: timeText(about.at) },
        { label: 'SHA-256 of the passport as JSON', value: about.sha256 },
      ],
    },
    { is: 'heading', level: 2, text: 'What was signed' },
    {
      is: 'table',
      columns: [
        { title: 'When', share: 2 },
        { title: 'What', share: 2 },
        { title: 'Who', share: 3 },
        { title: 'Computer', share: 2 },
        { title: 'Signature', share: 2 },
      ],
      rows: steps.map(({ what, at, by, computer, more, wrong }) => [
        timeText(at),
        more === null ? STEP_WORDS[what] : `${STEP_WORDS[what]}: ${more}`,
        by ?? '',
        computer ?? '',
        wrong === null ? 'Verified' : `Does NOT verify: ${wrong}`,
      ]),
    },
    ...(unproved > 0
      ? [{ is: 'text' as const, text: `Known, and not to be proved to others: ${unproved} more.` }]
      : []),
    { is: 'heading', level: 2, text: 'How to check it' },
    {
      is: 'text',
      text:
        'This paper is for reading and proves nothing by itself. Take the file and the passport as JSON, see that the JSON has ' +
        'the SHA-256 above, and run: npm run verify -- FILE PASSPORT.json. Then compare these keys with what each organisation publishes.',
    },
    {
      is: 'lines',
      lines: [
        ...organisations.map(({ name, organisation }) => ({ label: name, value: organisation })),
        ...[...relays].map((key) => ({ label: 'Key of the relay', value: key })),
      ],
    },
  ];
  return {
    title: `Integrity passport: ${shownName(file.name)}`,
    author: made.by,
    at: about.at,
    marking: about.marking,
    footer: `SHA-256 of the file: ${file.sha256}`,
    blocks,
  };
}
