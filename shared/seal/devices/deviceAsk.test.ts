import { expect, test } from 'vitest';
import { generateBoxKeys } from '../../primitives/hpke.ts';
import { openDeviceAnswer, openDeviceAsk, sealDeviceAnswer, sealDeviceAsk } from './deviceAsk.ts';
import { NOON, enrol, flip, makeOrg, platform, say } from '../fixture.ts';
import { decodeLeaseFile, encodeLeaseFile, readLease, signLease } from './lease.ts';

const world = async () => {
  const org = await makeOrg('Fellshire Police');
  const writer = await enrol(org, 'Priya Nair');
  const reply = await generateBoxKeys();
  const said = { org: org.org, device: writer.device, time: NOON, replyKey: reply.publicKey, ask: { do: 'lease' } };
  const sealed = await sealDeviceAsk(platform, org.card, writer.keys.privateKey, said);
  return { org, writer, reply, said, sealed };
};

test('an ask reaches its authority as its device signed it, and the answer the device alone', async () => {
  const { org, writer, reply, said, sealed } = await world();
  const opened = await openDeviceAsk(platform, org.boxKeys, org.directory, sealed);
  expect(opened).toEqual({ ok: true, value: { ...said, person: writer.person, isAdmitted: true } });
  const answer = await sealDeviceAnswer(reply.publicKey, { is: 'done' });
  expect(await openDeviceAnswer(reply, answer)).toEqual({ is: 'done' });
  expect(await openDeviceAnswer(await generateBoxKeys(), answer), 'the reply key of another ask').toBe(null);
  for (let bit = 0; bit < answer.length * 8; bit += 97)
    expect(await openDeviceAnswer(reply, flip(answer, bit))).toBe(null);
});

test('nobody is heard but a device that the directory admits, whole and in its own name', async () => {
  const { org, writer, said, sealed } = await world();
  for (let bit = 0; bit < sealed.length * 8; bit += 197)
    expect((await openDeviceAsk(platform, org.boxKeys, org.directory, flip(sealed, bit))).ok).toBe(false);
  const other = await enrol(org, 'Tom Okafor');
  const inTheirName = await sealDeviceAsk(platform, org.card, other.keys.privateKey, said);
  expect(await openDeviceAsk(platform, org.boxKeys, org.directory, inTheirName)).toEqual({
    ok: false,
    cause: 'bad signature',
  });
  const elsewhere = await makeOrg('Another Force');
  expect((await openDeviceAsk(platform, elsewhere.boxKeys, elsewhere.directory, sealed)).ok).toBe(false);
  await say(org, { is: 'revoked', device: writer.device });
  expect(await openDeviceAsk(platform, org.boxKeys, org.directory, sealed)).toMatchObject({
    ok: true,
    value: { isAdmitted: false }, // to be told that, and nothing else
  });
});

test('a lease says what its authority signed, also through a file, and nothing else', async () => {
  const { org, writer } = await world();
  const lease = { org: org.org, devices: [writer.device], issued: NOON, until: NOON + 1 };
  const signed = await signLease(platform, org.keys.privateKey, lease);
  expect(await readLease(platform, org.keys.publicKey, signed)).toEqual({ ok: true, value: lease });
  expect(decodeLeaseFile(encodeLeaseFile(signed))).toEqual({ ok: true, value: signed });
  for (const text of ['', 'joinder-lease-1.', 'joinder-lease-1.AAAA', encodeLeaseFile(signed).slice(0, 60)])
    expect(decodeLeaseFile(text).ok).toBe(false);
  for (let bit = 0; bit < signed.body.length * 8; bit += 31)
    expect((await readLease(platform, org.keys.publicKey, { ...signed, body: flip(signed.body, bit) })).ok).toBe(false);
  const stranger = await makeOrg('Another Force');
  expect(await readLease(platform, stranger.keys.publicKey, signed)).toEqual({ ok: false, cause: 'bad signature' });
});
