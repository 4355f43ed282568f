/**
 * Holding a file against its passport: its bytes, its name, and every proof in the passport.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromHex } from '../../../shared/primitives/bytes.ts';
import type { Passport } from '../../../shared/model/passport/schema.ts';
import { passport as schema } from '../../../shared/model/passport/schema.ts';
import type { Checked, Verdict } from '../../../shared/model/passport/verify.ts';
import { verifyPassport } from '../../../shared/model/passport/verify.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
import type { Printed } from '../model/printed.ts';

interface Options {
  readonly anyName?: boolean;
  readonly json?: boolean;
}

export async function check(file: string, passportFile: string, options: Options): Promise<Printed> {
  const passport = await readPassport(passportFile);
  if (typeof passport === 'string') return { text: passport, code: 2 };
  const bytes = await hashFile(file);
  if (typeof bytes === 'string') return { text: bytes, code: 2 };
  const verdict = await verifyPassport(nodePlatform, passport);
  const wrong = [...againstFile(passport, path.basename(file), bytes, options), ...verdict.wrong];
  const holds = wrong.length === 0 && verdict.holds;
  const code = holds ? 0 : 1;
  if (options.json === true) {
    const steps = verdict.steps.map(({ step: { what, at }, wrong: why }) => ({
      what,
      at,
      holds: why === null,
      wrong: why,
    }));
    return { text: JSON.stringify({ holds, wrong, steps }, null, 2), code };
  }
  return { text: report(passport, verdict, wrong, holds), code };
}

async function readPassport(file: string): Promise<Passport | string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return 'The passport cannot be read. Check where it is.';
  }
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues[0]?.path.join('/') ?? '';
    return `This is not an integrity passport that this version reads: look at ${where === '' ? 'its beginning' : where}.`;
  } catch {
    return 'The passport is not JSON. Ask for it again.';
  }
}

interface Bytes {
  readonly sha256: string;
  readonly count: number;
}

async function hashFile(file: string): Promise<Bytes | string> {
  const hash = createHash('sha256');
  let count = 0;
  try {
    await pipeline(createReadStream(file), async (pieces: AsyncIterable<Uint8Array>) => {
      for await (const piece of pieces) {
        hash.update(piece);
        count += piece.length;
      }
    });
    return { sha256: hash.digest('hex'), count };
  } catch {
    return 'The file cannot be read. Check where it is.';
  }
}

function againstFile({ file }: Passport, name: string, bytes: Bytes, { anyName }: Options): string[] {
  const wrong: string[] = [];
  if (bytes.count !== file.bytes)
    wrong.push(`The file has ${bytes.count} bytes; the passport is of one with ${file.bytes}.`);
  else if (bytes.sha256 !== file.sha256)
    wrong.push('The file is not the one that the passport is of: its bytes differ.');
  const called = path.posix.basename(file.name); // it may say which folder it lay in
  if (name !== called && anyName !== true)
    wrong.push(`The file is called ${name} here, and ${called} in the passport (--any-name lets that pass).`);
  return wrong;
}

function report(
  { file, organisations, steps }: Passport,
  verdict: Verdict,
  wrong: readonly string[],
  holds: boolean,
): string {
  const relays = new Set(steps.flatMap((step) => (step.what === 'held by the relay' ? [step.proof.relayKey] : [])));
  return [
    holds
      ? 'Everything holds: the file is the one that was signed for, and every proof is genuine.'
      : 'NOT verified: do not rely on this file or this passport.',
    '',
    `File      ${file.name}`,
    `Bytes     ${file.bytes}`,
    `SHA-256   ${file.sha256}`,
    '',
    ...verdict.steps.map(line),
    ...(wrong.length > 0 ? ['', ...wrong.map((why) => `wrong     ${why}`)] : []),
    '',
    'The proofs are worth as much as these keys. Compare them with what each organisation publishes:',
    ...organisations.map((one) => `  ${one.name}: ${one.organisation}`),
    ...[...relays].map((key) => `  the relay: ${Buffer.from(fromHex(key)).toString('base64url')}`),
  ].join('\n');
}

function line({ step, wrong }: Checked): string {
  const who = 'by' in step ? `, ${step.by.name}, ${step.by.post}` : '';
  return `${wrong === null ? 'genuine  ' : 'WRONG    '} ${step.at}  ${step.what}${who}${wrong === null ? '' : `: ${wrong}`}`;
}
