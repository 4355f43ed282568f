/** A small rule set for tests: as texts of its files, changed where a test says so. */
export function smallRules(checks: object = {}, manifest: object = {}, limits: object = {}): Record<string, string> {
  return {
    'rules.json': JSON.stringify({
      format: 'joinder rules',
      version: 1,
      name: 'Small rules',
      edition: '1',
      organisation: 'Fellshire Police',
      from: '2020-01-01',
      to: null,
      files: ['checks.json', 'limits.json', 'kept.json', 'personal.json'],
      ...manifest,
    }),
    'checks.json': JSON.stringify({
      format: 'joinder checks',
      version: 1,
      name: 'Small checks',
      reasons: [{ code: 'one', text: 'No one', source: 'a test', verified: true }],
      tables: { codes: [{ code: 'TH68001' }] },
      rules: [smallRule()],
      ...checks,
    }),
    'limits.json': JSON.stringify({
      format: 'joinder time limits',
      version: 1,
      name: 'Small limits',
      holidays: { days: [{ day: '2026-04-03', name: 'Good Friday' }], source: 'a test', verified: true },
      limits: [smallLimit()],
      ...limits,
    }),
    'kept.json': JSON.stringify({
      format: 'joinder retention',
      version: 1,
      name: 'Small classes',
      classes: [
        { code: 'six', name: 'Six', says: 'Six years.', review: { years: 6 }, source: 'a test', verified: true },
      ],
      notes: [],
    }),
    'personal.json': JSON.stringify({
      format: 'joinder personal data',
      version: 1,
      name: 'Small categories',
      categories: [{ code: 'name', name: 'Name', says: 'A name.', look: null, source: 'a test', verified: true }],
    }),
  };
}

/** A good time limit: three days from a hearing. */
export const smallLimit = (changes: object = {}): object => ({
  code: 'papers',
  what: 'Papers',
  sentence: 'Three days.',
  path: 'hearings/*/date',
  start: ['row/date'],
  period: { days: 3 },
  source: 'a test',
  verified: true,
  ...changes,
});

/** A good rule, changed where a test says so; `undefined` leaves a member out. */
export const smallRule = (changes: object = {}): object => ({
  code: 'urn-missing',
  sentence: 'There is no URN.',
  path: 'case/urn',
  stages: 'every',
  require: { exists: 'case/urn' },
  reason: 'one',
  source: 'a test',
  verified: true,
  ...changes,
});
