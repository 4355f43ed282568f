import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../status/live.ts';
import { currentOf, standingOf } from './caseFile.ts';
import * as f from './fold.fixture.ts';
import type { Made } from './foldCase.ts';
import { madeOf } from './foldCase.ts';
import type { PackageState } from './foldPackage.ts';
import { foldPackage } from './foldPackage.ts';
import type { Logged } from './logged.ts';
import { hasArrived, historyOf } from './packageStatus.ts';

const { A, B, ann, cy, di, mallory, log, receipt } = f;
const made: Made = { with: f.content().to, release: f.PACKAGE, at: 101 };
const released = log(ann, f.PAPERS, {
  is: 'released',
  content: f.content({ caseFile: f.CASE_FILE }),
  when: { sealed: false, at: null, unmetered: false },
  by: ann.party,
  at: 100,
});
const withdrawn = log(ann, f.PAPERS, {
  is: 'withdrawn',
  package: f.PACKAGE,
  reason: 'wrong post',
  beforeDelivery: true,
  by: ann.party,
  at: 150,
});
const delivered = log(cy, f.OUR_INTAKE, receipt(cy, 'delivered', B, 140));
const received = (by = cy): Logged =>
  log(by, f.OUR_INTAKE, { is: 'received', package: f.PACKAGE, by: by.party, deviceName: 'desk 4', at: 140 });
const fold = (...facts: Logged[]): PackageState => foldPackage(f.PACKAGE, [released, ...facts], f.meOf(ann))!;
const standing = (...facts: Logged[]): Standing => standingOf(null, made, fold(...facts));

describe('where a Case file stands', () => {
  it('waits for the first delivery of the release that made it, then only for the grant', () => {
    expect(standing()).toEqual({ is: 'waiting', for: 'delivery' });
    expect(standing(log(cy, f.OUR_INTAKE, receipt(cy, 'viewing began', A, 120)))).toMatchObject({ for: 'delivery' });
    expect(standing(delivered)).toEqual({ is: 'waiting', for: 'grant' });
    expect(standing(received())).toEqual({ is: 'waiting', for: 'grant' });
    expect(standingOf(null, made, null)).toEqual({ is: 'waiting', for: 'delivery' });
    expect(standingOf(null, { with: made.with, at: 1 }, null)).toEqual({ is: 'waiting', for: 'grant' });
  });

  it('is closed by a withdrawal, whether or not a receipt came, and not once anybody was let in', () => {
    expect(standing(withdrawn)).toEqual({ is: 'closed' });
    expect(standing(delivered, withdrawn)).toEqual({ is: 'closed' });
    expect(standingOf(500, made, fold(delivered, withdrawn))).toEqual({ is: 'live', since: 500 });
    expect(standingOf(500, null, null)).toEqual({ is: 'live', since: 500 });
  });

  it('takes the word of the receiving post alone for a package without files', () => {
    expect(standing(received(mallory), received(ann))).toEqual({ is: 'waiting', for: 'delivery' });
    const state = fold(received(), received(di));
    expect(state.received).toMatchObject({ at: 140, deviceName: 'desk 4' });
    expect(hasArrived(state)).toBe(true);
    expect(historyOf(state).map(({ sentence }) => sentence)).toContain(
      'Delivered to Crown Prosecutors, with no file: desk 4 holds the package',
    );
  });

  it('was made for whom its maker says, and nobody else', () => {
    const at = { area: f.CASE_FILE, org: ann.party.org };
    const said = (by: typeof ann, org: typeof ann): Logged =>
      log(by, f.CASE_FILE, { is: 'case file', area: f.CASE_FILE, with: org.party, release: f.PACKAGE, at: 1 });
    expect(madeOf(at, [said(cy, mallory), said(ann, cy), said(ann, mallory)])?.with.org).toBe(cy.party.org);
    expect(madeOf(at, [said(cy, mallory)])).toBeNull();
  });
});

describe('the Case file that counts', () => {
  const one = (is: Standing['is']): { standing: Standing } => ({
    standing: is === 'live' ? { is, since: 1 } : is === 'waiting' ? { is, for: 'delivery' } : { is },
  });

  it('is what is live, else the first that waits, else what was closed last', () => {
    const [closed, late, waiting, second, live] = (['closed', 'closed', 'waiting', 'waiting', 'live'] as const).map(
      one,
    );
    expect(currentOf([closed!, late!])).toBe(late);
    expect(currentOf([closed!, waiting!, second!, late!])).toBe(waiting);
    expect(currentOf([closed!, waiting!, live!])).toBe(live);
    expect(currentOf([])).toBeNull();
  });

  it('is never a closed one while another stands, and always one of them', () => {
    const any = fc.constantFrom('closed' as const, 'waiting' as const, 'live' as const).map(one);
    fc.assert(
      fc.property(fc.array(any, { minLength: 1 }), (all) => {
        const found = currentOf(all);
        expect(all).toContain(found);
        const best = (['live', 'waiting', 'closed'] as const).find((is) => all.some(({ standing: s }) => s.is === is));
        expect(found?.standing.is).toBe(best);
      }),
    );
  });
});
