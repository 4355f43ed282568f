import { expect, it } from 'vitest';
import { generateBoxKeys } from '../../primitives/hpke.ts';
import { exportPublicKey, generateSigningKeys } from '../../primitives/platform.ts';
import { platform } from '../fixture.ts';
import { authorityDigits } from './enrolment.ts';
import { makeOrgCode, readOrgCode } from './orgCode.ts';

it('carries the authority’s digits, is read however it is typed, and notices what is mistyped', async () => {
  const signKey = await exportPublicKey(platform, (await generateSigningKeys(platform)).publicKey);
  const card = { name: 'Northmoor Police', signKey, boxKey: (await generateBoxKeys()).publicKey };
  const code = await makeOrgCode(platform, card);
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
  const digits = { ok: true, value: await authorityDigits(platform, card) };
  for (const typed of [code, code.toLowerCase(), ` ${code.replaceAll('-', ' ')} `, code.replaceAll('0', 'o')])
    expect(await readOrgCode(platform, typed)).toEqual(digits);
  for (let i = 0; i < code.length; i++) {
    if (code[i] === '-') continue;
    const wrong = code.slice(0, i) + (code[i] === '7' ? '8' : '7') + code.slice(i + 1);
    expect(await readOrgCode(platform, wrong)).toEqual({ ok: false, cause: 'mistyped' });
  }
  for (const wrong of ['', code.slice(1), `${code}7`, code.replace(/.$/, 'U')])
    expect(await readOrgCode(platform, wrong)).toEqual({ ok: false, cause: 'mistyped' });
});
