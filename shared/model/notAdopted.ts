/**
 * Why an act in the late work of somebody who was shut out is not taken over by a lead: a sentence for each kind, with who does
 * it instead. Pure; which acts can be adopted is said in `facts/late.ts`.
 */
const LETS_IN = /^(access|bar|guest|emergency|recertif|handed over|allocated|review asked)/;
const SENDS = /^(released|posted|sent|withdrawn|dropped|on stick|off stick|agreement|case file|entered|served)/;

/** `is`: the kind of the fact; null: a newer version wrote it, or it is no fact. */
export function whyNotAdopted(is: string | null): string {
  if (is === null) return 'This version cannot read it. Update Joinder, and look again before you decline it.';
  if (LETS_IN.test(is)) return 'It says who may see or has what. Whoever leads the case now decides that anew.';
  if (SENDS.test(is))
    return 'It concerns another organisation, and nothing was sent. Release it anew where it is still wanted.';
  return 'It is a decision of an office. Whoever holds that office now makes it anew, or does not.';
}
