import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Field } from '../../../shared/model/formats/field.ts';
import { CASE_FIELDS } from '../../../shared/model/formats/index.ts';
import { recordRoot } from '../../../shared/model/record.ts';
import { readField, setField } from '../../../shared/model/register.ts';
import { Draft } from './draft.ts';

let made = 0;
const author = (by: string) => ({ by, at: ++made, newKey: () => (++made).toString(16).padStart(32, '0') });
const fieldOf = (key: string): Field => CASE_FIELDS.find((field) => field.key === key)!;

function writing(key: string) {
  const root = recordRoot(new Y.Doc());
  const draft = new Draft(fieldOf(key), (value, saw) => setField(root, key, value, author('me'), saw));
  const standing = () => readField(root, key);
  return {
    draft,
    type: (text: string) => draft.type(text, standing()),
    other: (text: string) => setField(root, key, text, author('other')),
    values: () => standing().map((claim) => claim.value),
    shown: () => draft.shown(standing()[0]?.value ?? ''),
  };
}

describe('typing in a field of the record', () => {
  test('sets what was typed once, and shows it as it was typed until the field is left', () => {
    const { draft, type, values, shown } = writing('title');
    type('R v Hale ');
    expect(values()).toEqual([]);
    expect(draft.set()).toBe(true);
    expect(draft.set()).toBe(true);
    expect(values()).toEqual(['R v Hale']);
    expect(shown()).toBe('R v Hale ');
    draft.settle();
    expect(shown()).toBe('R v Hale');
  });

  test('replaces its own earlier setting: typing on makes no conflict', () => {
    const { draft, type, values } = writing('title');
    for (const text of ['R', 'R v', 'R v Hale']) {
      type(text);
      draft.set();
    }
    expect(values()).toEqual(['R v Hale']);
  });

  test('keeps a value that came while it was typed: both stand', () => {
    const { draft, type, other, values } = writing('officer');
    other('Nair');
    type('Osei');
    other('Whitlock');
    type('Osei, D.');
    draft.settle();
    expect(values()).toEqual(['Whitlock', 'Osei, D.']);
  });

  test('a field that is left after somebody replaced what was set there sets nothing again', () => {
    const { draft, type, other, values, shown } = writing('officer');
    type('Osei');
    draft.set();
    other('Whitlock');
    expect(shown()).toBe('Whitlock');
    draft.settle();
    expect(values()).toEqual(['Whitlock']);
  });

  test('what cannot be kept is neither set nor lost', () => {
    const { draft, type, values, shown } = writing('urn');
    type('01AB');
    expect(draft.set()).toBe(false);
    draft.settle();
    expect(values()).toEqual([]);
    expect(shown()).toBe('01AB');
    type('01ab/12345/26');
    draft.settle();
    expect(values()).toEqual(['01AB1234526']);
  });
});
