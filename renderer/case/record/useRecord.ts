/**
 * The case record of an open document, read again after every change of it.
 */
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { readRecord, recordRoot } from '../../../shared/model/record.ts';
import type { Author } from '../../../shared/model/register.ts';
import { now } from '../../worker/now.ts';
import { newKey } from './newKey.ts';

export function useRecord(doc: Y.Doc): CaseRecord {
  const [record, setRecord] = useState(() => readRecord(doc));
  useEffect(() => {
    const root = recordRoot(doc);
    const look = (): void => setRecord(readRecord(doc));
    look();
    root.observeDeep(look);
    return () => root.unobserveDeep(look);
  }, [doc]);
  return record;
}

/** This person, now: what a setting of a field is signed with on the screen. */
export const authorNow = (by: string): Author => ({ by, at: now(), newKey });
