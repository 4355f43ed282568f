/**
 * The commands about a case itself: its schema, an example, and whether a file is one. They read and answer; what they say
 * is printed by `test/tools/model.ts`.
 */
import { readFileSync } from 'node:fs';
import { dayNumber } from '../../../shared/primitives/calendar.ts';
import type { Stage } from '../../../shared/model/formats/stages.ts';
import { builtInRules } from '../../../shared/model/rules/builtIn.ts';
import type { Fault } from '../../../shared/model/record.ts';
import { example } from '../../../shared/model/snapshot/example/example.ts';
import { parseCaseText } from '../../../shared/model/snapshot/parse.ts';
import { danglingReferences } from '../../../shared/model/snapshot/references.ts';
import { VERSION, jsonSchema } from '../../../shared/model/snapshot/schema.ts';
import type { Printed } from './printed.ts';

const asJson = (value: unknown): string => JSON.stringify(value, null, 2);

export const printSchema = (): Printed => ({ text: asJson(jsonSchema()), code: 0 });

/** The day it is here. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

export function makeExample({ stage, on = today() }: { stage: Stage; on?: string }): Printed {
  if (dayNumber(on) === null)
    return { text: `"${on}" is not a date. Give it as year, month and day, such as 2026-11-22.`, code: 2 };
  return { text: asJson(example(stage, on, builtInRules())), code: 0 };
}

/** A file's text; null where there is none that can be read. */
function textOf(file: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch {
    return null;
  }
}

export function validate(file: string, { json = false }: { json?: boolean }): Printed {
  const text = textOf(file);
  if (text === null)
    return { text: `${file} cannot be read. Check its name, and that it is a text file in UTF-8.`, code: 2 };
  const read = parseCaseText(text);
  if (!read.ok && read.cause.is === 'unreadable') return { text: read.cause.sentence, code: 2 };
  const faults = read.ok ? danglingReferences(read.value) : read.cause.is === 'faulty' ? read.cause.faults : [];
  const newer = read.ok ? read.value.newer : [];
  const later = read.ok && read.value.version > VERSION ? read.value.version : null;
  const said = json ? asJson({ faults, newer }) : report(faults, newer, later);
  return { text: said, code: faults.length === 0 ? 0 : 1 };
}

function report(faults: readonly Fault[], newer: readonly string[], later: number | null): string {
  const made = later === null ? [] : [`It was made by a newer version: ${later} of the format, where ${VERSION} is known here.`]; // prettier-ignore
  const kept = [...made, ...newer.map((path) => `${path}: not known to this version. It is kept as it is.`)];
  if (faults.length === 0) return ['The file is a good case.', ...kept].join('\n');
  const count = faults.length === 1 ? '1 fault:' : `${faults.length} faults:`;
  return [count, ...faults.map(({ path, sentence }) => `${path}: ${sentence}`), ...kept].join('\n');
}
