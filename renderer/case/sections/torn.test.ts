import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, itemField } from '../../../shared/model/list.ts';
import { readRecord, recordRoot } from '../../../shared/model/record.ts';
import { setField } from '../../../shared/model/register.ts';
import { settable } from './torn.ts';

test('a field that two people set at once is set in no row by what is done to many', () => {
  let made = 0;
  const author = (by: string) => ({ by, at: 1, newKey: () => `k${made++}` });
  const ours = new Y.Doc();
  const root = recordRoot(ours);
  const [one, two] = [1, 2].map(() => addItem(root, 'statements', {}, author('Ann'), `row${made++}`)) as [
    string,
    string,
  ];
  const theirs = new Y.Doc();
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(ours));
  setField(root, itemField('statements', one, 'signed'), 'yes', author('Ann'));
  setField(recordRoot(theirs), itemField('statements', one, 'signed'), 'no', author('Bo'));
  Y.applyUpdate(ours, Y.encodeStateAsUpdate(theirs));
  const rows = readRecord(ours).lists.statements.map((item) => ({ id: item.id, item }));
  const { rows: free, left } = settable(rows, 'signed');
  expect(free.map(({ id }) => id)).toEqual([two]);
  expect(left).toBe('1 row left as it is: two people set this at once, and one value is to be chosen first');
  expect(settable(rows, 'essential')).toMatchObject({ left: '', rows: { length: 2 } });
});
