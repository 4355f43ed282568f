/** A small rule set for tests: as texts of its files, changed where a test says so. */
export function smallRules(checks: object = {}, manifest: object = {}): Record<string, string> {
  return {
    'rules.json': JSON.stringify({
      format: 'joinder rules',
      version: 1,
      name: 'Small rules',
      edition: '1',
      organisation: 'Fellshire Police',
      from: '2020-01-01',
      to: null,
      files: ['checks.json'],
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
  };
}

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
