/** The lists of sensitive material that this person reads, as plain values: written out only when they ask for it. */
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import { readRecord } from '../../../../shared/model/record.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import type { Session } from '../../session.ts';
import { sensitiveOf } from './areas.ts';

export const SENSITIVE_FILE = 'sensitive.json';

interface Listed {
  readonly is: 'own' | 'shared';
  readonly with: string | null;
  readonly material: readonly Readonly<Record<string, string | readonly string[]>>[];
}

/** Each row with its id and its values; of a conflict, each. */
export async function sensitiveLists(session: Session, of: CaseId): Promise<unknown> {
  const lists = sensitiveOf(session, of).map(async ({ area, begun }): Promise<Listed> => {
    const doc = session.docs.doc(area, await streamOf(session.platform, area, 'record'));
    const { material } = readRecord(doc).lists;
    return {
      is: begun.fact.with === null ? 'own' : 'shared',
      with: begun.fact.with?.orgName ?? null,
      material: material.map(({ id, fields }) => ({
        id,
        ...Object.fromEntries(
          [...fields].flatMap(([key, { values }]) => {
            const texts = values.map(({ value }) => value).filter((value) => value !== '');
            return texts.length === 0 ? [] : [[key, texts.length === 1 ? (texts[0] ?? '') : texts]];
          }),
        ),
      })),
    };
  });
  return {
    format: 'joinder sensitive material',
    version: 1,
    notice: 'Sensitive unused material (MG6D). It must never reach the defence.',
    lists: await Promise.all(lists),
  };
}
