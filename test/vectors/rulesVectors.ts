/** Vectors of what a directory says of roles, sides and rule data, apart from directory.json, which is frozen. */
import { fromHex, toHex, utf8 } from '../../shared/primitives/bytes.ts';
import type { Hash } from '../../shared/primitives/ids.ts';
import { sha256 } from '../../shared/primitives/platform.ts';
import { NOON, platform, say } from '../../shared/seal/fixture.ts';
import type { Statement } from '../../shared/seal/directory/statements.ts';
import { statementParts } from '../../shared/seal/directory/statements.ts';
import { fixedOrg, fixedWriter, orgText } from './cast.ts';
import { by, verdictsOn } from './partVectors.ts';

export async function rulesVectors() {
  const org = await fixedOrg('Aldershire Police');
  const { org: other } = await fixedOrg('Prosecution Service');
  const officer = await fixedWriter(org, 'officer');
  const rules = async (version: string, text: string): Promise<Extract<Statement, { is: 'rules' }>> => ({
    is: 'rules',
    name: 'Rules of Aldershire',
    version,
    from: '2026-11-22',
    sha256: toHex(await sha256(platform, utf8(text))) as Hash,
    bytes: utf8(text),
  });
  const first = await rules('1', '{"rules":[]}');
  const statements: Statement[] = [
    { is: 'roles', seat: officer.seat, roles: ['officer', 'file builder'] },
    first,
    { is: 'roles', seat: officer.seat, roles: ['supervisor', 'of a later version'] },
    await rules('2', '{"rules":[1]}'),
    { is: 'side', org: org.org, side: 'police' },
    { is: 'side', org: other, side: 'a side of a later version' },
  ];
  for (const statement of statements) await say(org, statement);
  const here = [fromHex(org.org), org.directory.n + 1, fromHex(org.directory.head ?? ''), NOON] as const;
  const post = fromHex(officer.seat);
  const refused = {
    'rule data that is not what its hash says': [...statementParts(first).slice(0, 5), utf8('{"rules":[2]}')],
    'rule data that is text': [...statementParts(first).slice(0, 5), '{"rules":[]}'],
    'rules with an item too many': [...statementParts(first), 1],
    'roles that are no list': ['roles', post, 'officer'],
    'a role that is no text': ['roles', post, [1]],
    '33 roles': ['roles', post, Array.from({ length: 33 }, String)],
    'a role of 65 letters': ['roles', post, ['x'.repeat(65)]],
    'a side of 65 letters': ['side', fromHex(other), 'x'.repeat(65)],
    'a side with an item too many': ['side', fromHex(other), 'police', 1],
    'roles with an item too many': ['roles', post, [], 1],
  };
  return {
    about:
      'Roles, sides and rule data in a directory, folded in order. Each of `refused` is refused after all of them.',
    ...orgText(org),
    ends: {
      roles: [...org.directory.roles],
      sides: [...org.directory.sides],
      rules: org.directory.rules.map(({ name, version, from, sha256: hash, bytes }) => ({
        name,
        version,
        from,
        sha256: hash,
        bytes: toHex(bytes),
      })),
    },
    refused: await verdictsOn(
      org,
      Object.fromEntries(
        await Promise.all(
          Object.entries(refused).map(async ([name, parts]) => [name, await by(org.keys, [...here, parts])] as const),
        ),
      ),
    ),
  };
}
