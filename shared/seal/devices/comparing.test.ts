import { expect, test } from 'vitest';
import { platform } from '../fixture.ts';
import { compareDigits } from './comparing.ts';

const compared = {
  code: '7K3M',
  nonce: new Uint8Array(16).fill(1),
  signKey: new Uint8Array(65).fill(2),
  boxKey: new Uint8Array(65).fill(3),
};

test('the same on both computers, other with another code, key or number', async () => {
  const digits = await compareDigits(platform, compared);
  expect(digits).toMatch(/^\d{3} \d{3}$/);
  expect(await compareDigits(platform, { ...compared })).toBe(digits);
  const others = [
    { ...compared, code: '7K3N' },
    { ...compared, nonce: new Uint8Array(16) },
    { ...compared, signKey: new Uint8Array(65) },
    { ...compared, boxKey: new Uint8Array(65) },
  ];
  for (const other of others) expect(await compareDigits(platform, other)).not.toBe(digits);
});
