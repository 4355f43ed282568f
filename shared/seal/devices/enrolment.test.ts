import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../primitives/bytes.ts';
import { generateBoxKeys, hpkeSeal } from '../../primitives/hpke.ts';
import { framed } from '../../primitives/platform.ts';
import { decodeCard, encodeCard, fingerprint, orgIdOf } from '../directory/card.ts';
import type { EnrolmentCode } from './enrolment.ts';
import { authorityDigits, makeCode, openAnswer, openAsk, readCode, sealAnswer, sealAsk } from './enrolment.ts';
import type { Org } from '../fixture.ts';
import { makeOrg, platform } from '../fixture.ts';

let force: Org;
let text: string;
let code: EnrolmentCode;

beforeAll(async () => {
  force = await makeOrg('Aldershire Police');
  ({ text, code } = await makeCode(platform, force.card));
});

describe('a card', () => {
  it('comes back from its text, white space around it ignored', () => {
    expect(decodeCard(`\n ${encodeCard(force.card)} `)).toEqual({ ok: true, value: force.card });
  });
  it('is refused with a word', () => {
    const whole = encodeCard(force.card);
    for (const wrong of [
      '',
      'hello',
      whole.slice(0, -4),
      `${whole}AAAA`,
      whole.replace('joinder-card-1.', 'joinder-card-1.!'),
    ]) {
      expect(decodeCard(wrong).ok).toBe(false);
    }
  });
  it("gives the organisation's id and a fingerprint that follows both keys", async () => {
    const other = await makeOrg('Aldershire Police');
    expect(await orgIdOf(platform, other.card.signKey)).not.toBe(force.org);
    const print = await fingerprint(platform, force.card);
    expect(print).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
    expect(await fingerprint(platform, { ...force.card, boxKey: other.card.boxKey })).not.toBe(print);
    expect(await fingerprint(platform, { ...force.card, name: 'Another name' })).toBe(print);
  });
});

describe('an enrolment code', () => {
  it('is eight groups of five, and is read however it is typed', async () => {
    expect(text).toMatch(/^([0-9A-Z]{5}-){7}[0-9A-Z]{5}$/);
    const sloppy = text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    for (const typed of [text, sloppy, text.replaceAll('-', '')])
      expect(await readCode(platform, typed)).toEqual({ ok: true, value: code });
    expect(code.authority).toBe(await authorityDigits(platform, force.card));
  });
  it('is noticed when mistyped: any one digit, two swapped, one missing, one too many, a letter that is none', async () => {
    const digits = text.replaceAll('-', '');
    const mistyped = { ok: false, cause: 'mistyped' };
    for (let at = 0; at < digits.length; at++) {
      const other = digits.charAt(at) === '7' ? '8' : '7';
      expect(await readCode(platform, digits.slice(0, at) + other + digits.slice(at + 1))).toEqual(mistyped);
    }
    const at = Array.from(digits).findIndex((digit, i) => digit !== digits.charAt(i + 1));
    const swapped = digits.slice(0, at) + digits.charAt(at + 1) + digits.charAt(at) + digits.slice(at + 2);
    for (const typed of [swapped, digits.slice(1), `${digits}0`, `U${digits.slice(1)}`, ''])
      expect(await readCode(platform, typed)).toEqual(mistyped);
  });
});

describe('enrolment past a relay that must not stand between', () => {
  const ask = { do: 'look', replyKey: new Uint8Array(65), time: 1 };

  it('goes there and back', async () => {
    const reply = await generateBoxKeys();
    const sealed = await sealAsk(platform, force.card, code, { ...ask, replyKey: reply.publicKey });
    if (sealed === null) throw new Error('not sealed');
    expect(await openAsk(platform, force.boxKeys, code, sealed)).toEqual({ ...ask, replyKey: reply.publicKey });
    const answer = await sealAnswer(platform, reply.publicKey, code, { is: 'offer' });
    expect(await openAnswer(platform, reply, code, answer)).toEqual({ is: 'offer' });
  });

  it('seals nothing to a card that the code does not vouch for', async () => {
    const relays = await makeOrg('Aldershire Police');
    expect(await sealAsk(platform, relays.card, code, ask)).toBeNull();
    expect(await sealAsk(platform, { ...force.card, boxKey: relays.card.boxKey }, code, ask)).toBeNull();
    expect(await sealAsk(platform, { ...force.card, signKey: relays.card.signKey }, code, ask)).toBeNull();
  });

  it('opens with the secret of the code only', async () => {
    const guess = {
      ...code,
      secret: code.secret.startsWith('7') ? `8${code.secret.slice(1)}` : `7${code.secret.slice(1)}`,
    };
    const sealed = await sealAsk(platform, force.card, guess, ask);
    expect(sealed && (await openAsk(platform, force.boxKeys, code, sealed))).toBeNull();
    const named = await sealAsk(platform, force.card, { ...code, name: '0000' }, ask);
    expect(named && (await openAsk(platform, force.boxKeys, code, named))).toBeNull();
  });

  it('believes no answer of one who lacks the secret, and no ask sent back as an answer', async () => {
    const reply = await generateBoxKeys();
    const forged = await sealAnswer(platform, reply.publicKey, { ...code, secret: '000000000000' }, { is: 'enrolled' });
    expect(await openAnswer(platform, reply, code, forged)).toBeNull();
    const bare = await hpkeSeal(
      reply.publicKey,
      framed('joinder/1/enrol answer', utf8(code.name), utf8(code.authority)),
      utf8('x'),
    );
    expect(await openAnswer(platform, reply, code, bare)).toBeNull();
    const asked = await sealAsk(platform, force.card, code, ask);
    expect(asked && (await openAnswer(platform, force.boxKeys, code, asked))).toBeNull();
  });

  it('is not thrown by garbage', async () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(500), platform.random(200)]) {
      expect(await openAsk(platform, force.boxKeys, code, bytes)).toBeNull();
    }
  });
});
