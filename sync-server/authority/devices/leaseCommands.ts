/** The commands about leases: for how long one runs, and a file that extends all of them in a long outage. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { writePrivateFile } from '../../common/files.ts';
import { onAuthority, said } from '../cli/onAuthority.ts';
import { LEASE_DAYS, extension, leaseDays, setLeaseDays } from './leases.ts';
import { countOf } from '../../../shared/status/format.ts';

function days(text: string): number {
  const value = Number(text);
  if (!/^\d{1,3}$/.test(text) || value < 1 || value > 90)
    throw new InvalidArgumentError('Days are a number from 1 to 90.');
  return value;
}

export function addLeaseCommands(program: Command): void {
  const group = program.command('lease').description('for how long computers work off line');
  onAuthority(
    group,
    'policy',
    'say for how many days a computer works without hearing from this authority',
    [{ flags: '--days <number>', says: `from 1 to 90 (${LEASE_DAYS} until it is said)`, number: days }],
    async (authority, given) => {
      const wanted = given.number('days', leaseDays(authority));
      setLeaseDays(authority, wanted);
      return said({ days: wanted }, `A computer works off line for ${countOf(wanted, 'day', 'days')}.`);
    },
  );
  onAuthority(
    group,
    'extend',
    'write a lease file for all computers that are admitted now, for a long outage',
    [
      { flags: '--out <file>', says: 'the file to write', required: true },
      { flags: '--days <number>', says: `days from today (${LEASE_DAYS} where nothing is said)`, number: days },
    ],
    async (authority, given) => {
      const wanted = given.number('days', LEASE_DAYS);
      const { text, computers } = await extension(authority, wanted);
      writePrivateFile(given.text('out'), text);
      return said(
        { file: given.text('out'), days: wanted, computers },
        `${countOf(computers, 'computer', 'computers')} may work for ${wanted} more ${wanted === 1 ? 'day' : 'days'} with this file. Bring it to ${computers === 1 ? 'it' : 'them'} by any way; on each it is chosen on the locked screen.`,
      );
    },
  );
}
