/**
 * An organisation's rule data as its authority publishes it: the files of a folder, validated as every computer will
 * validate them, as one statement of the directory. Publishes nothing ill-formed, and says of what is wrong in which file
 * and where. Changes no file.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Edition } from '../../shared/model/rules/bundle.ts';
import { bundleOf, editionOf } from '../../shared/model/rules/bundle.ts';
import { LONGEST_FILE } from '../../shared/model/rules/load.ts';
import type { FileFault } from '../../shared/model/rules/parts.ts';
import { sentenceOf } from '../../shared/model/rules/parts.ts';
import { fromUtf8 } from '../../shared/primitives/bytes.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { Authority } from './authority.ts';

/** Nothing was published: the folder cannot be read, or these are the faults of its files. */
export type RulesCause = 'no rules folder' | { readonly faults: readonly FileFault[] };

export interface PublishedEdition extends Edition {
  /** False where these very rules are the newest already: nothing was added. */
  readonly added: boolean;
}

/** Validates the rule data in a folder and publishes it. */
export async function publishRules(
  { platform, directory }: Authority,
  folder: string,
): Promise<Result<PublishedEdition, RulesCause>> {
  const texts = readTexts(folder);
  if (!texts.ok) return texts;
  const bundle = bundleOf(texts.value);
  if (!bundle.ok) return fail({ faults: bundle.cause });
  const { bytes, set } = bundle.value;
  const edition = await editionOf(platform, set);
  const { name, edition: version, from, sha256 } = edition;
  return directory.change((state) => {
    const added = state.rules.at(-1)?.sha256 !== sha256;
    const statement = { is: 'rules', name, version, from, sha256, bytes } as const;
    return ok({ statements: added ? [statement] : [], value: { ...edition, added } });
  });
}

/** The texts of the folder's JSON files, by name. */
function readTexts(folder: string): Result<Readonly<Record<string, string>>, RulesCause> {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return fail('no rules folder'); // the file system tells what is no folder, or may not be read, only by throwing
  }
  const texts: Record<string, string> = {};
  const faults: FileFault[] = [];
  for (const name of names) {
    const text = readText(path.join(folder, name));
    if (text.ok) texts[name] = text.value;
    else faults.push({ file: name, place: '', sentence: text.cause });
  }
  return faults.length > 0 ? fail({ faults }) : ok(texts);
}

function readText(file: string): Result<string, string> {
  try {
    if (statSync(file).size > 4 * LONGEST_FILE) return fail('This file is too long.'); // UTF-8 has at most 4 bytes a character
    return ok(fromUtf8(readFileSync(file)));
  } catch {
    return fail('This file cannot be read as UTF-8 text. Check that it may be read, and save it as UTF-8.');
  }
}

/** Why nothing was published: a line for each fault. */
export const faultsSentence = (faults: readonly FileFault[]): string =>
  [
    'Nothing was published: these rules are ill-formed, and every computer would refuse them.',
    ...faults.map((fault) => `  ${sentenceOf(fault)}`),
    'Mend the files and publish again; what was published before stays in force.',
  ].join('\n');
