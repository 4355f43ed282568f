/**
 * The leak search: says where, in folders of a machine (profiles, the relay's and the authorities'
 * data, logs, a wire capture), a phrase of a case or a piece of its evidence can be read.
 *
 * Promises: a needle is found in every encoding that `needles.ts` lists and in every container that
 * `containers.ts` opens; a finding names the needle, never its text.
 * Never: decrypts anything, writes anything.
 */
export type Finding = {
  readonly file: string
  readonly needle: string
  readonly encoding: string
  readonly offset: number
}
