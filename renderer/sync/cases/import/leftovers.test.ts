import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Content } from '../../../../shared/ipc/evidence.ts';
import type { AnyFact, Logged } from '../../../../shared/model/logged.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import type { VersionId } from '../../../../shared/primitives/ids.ts';
import { sortOut } from './leftovers.ts';

const content = (n: number): Content => ({ version: `v${n}`, sha256: `s${n}`, chunks: [] }) as unknown as Content;
const said = (fact: unknown): Logged => ({ fact: fact as AnyFact }) as Logged;
const file = (n: number) => ({ content: content(n) });

const files = fc.array(fc.nat(5), { maxLength: 3 });
const facts = fc.array(
  fc.oneof(
    fc.record({ is: fc.constantFrom('added', 'entered'), n: fc.nat(5) }),
    fc.record({
      is: fc.constantFrom('released', 'package'),
      id: fc.nat(3),
      files,
      withdrawn: fc.boolean(),
      dropped: fc.array(fc.nat(5), { maxLength: 2 }),
    }),
  ),
  { maxLength: 8 },
);

it('calls nothing useless that is whole here, was added here, or came in a package that still stands', () => {
  fc.assert(
    fc.property(facts, fc.uniqueArray(fc.nat(5)), (history, whole) => {
      const logged: Logged[] = [];
      const known = new Map<number, PackageState>();
      for (const fact of history) {
        if ('n' in fact) logged.push(said({ is: fact.is, file: file(fact.n) }));
        else {
          const letter = { package: `p${fact.id}`, files: fact.files.map(file) };
          logged.push(
            said(fact.is === 'released' ? { is: 'released', content: letter } : { is: 'package', ...letter }),
          );
          if (known.has(fact.id)) continue; // the first that came is what the package is
          known.set(fact.id, {
            package: letter.package,
            side: fact.is === 'released' ? 'sender' : 'receiver',
            withdrawn: fact.withdrawn ? {} : null,
            files: fact.files.map((n) => ({ file: file(n), dropped: fact.dropped.includes(n) ? {} : null })),
          } as unknown as PackageState);
        }
      }
      const here = new Set(whole.map((n) => `v${n}` as VersionId));
      const { needed, useless } = sortOut(logged, [...known.values()], here);
      const named = new Set(logged.flatMap(({ fact }) => namedIn(fact)));
      expect(new Set([...needed, ...useless].map(({ version }) => version))).toEqual(named);
      for (const { version } of useless) {
        expect(here.has(version)).toBe(false);
        const over = [...known.values()].some(
          (pkg) =>
            pkg.side === 'receiver' &&
            pkg.files.some(
              (one) => one.file.content.version === version && (pkg.withdrawn !== null || one.dropped !== null),
            ),
        );
        expect(over).toBe(true);
      }
      const own = logged.flatMap(({ fact }) => (fact.is === 'package' ? [] : namedIn(fact)));
      const kept = new Set(needed.map(({ version }) => version));
      for (const version of [...own, ...here].filter((one) => named.has(one))) expect(kept.has(version)).toBe(true);
    }),
  );
});

function namedIn(fact: AnyFact): VersionId[] {
  if (fact.is === 'added' || fact.is === 'entered') return [fact.file.content.version];
  if (fact.is === 'released') return fact.content.files.map(({ content: { version } }) => version);
  return fact.is === 'package' ? fact.files.map(({ content: { version } }) => version) : [];
}
