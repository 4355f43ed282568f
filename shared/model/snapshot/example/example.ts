/**
 * A complete, good, invented case for each stage: what `npm run model -- example` prints, what rules are tried on, and what
 * somebody who builds another program can read. Judged by the rules it is made with, it has no findings; that is tested.
 */
import type { Stage } from '../../formats/stages.ts';
import { questionsOf } from '../../rules/preflight/preflight.ts';
import type { RuleSet } from '../../rules/ruleSet.ts';
import type { CaseSnapshot } from '../schema.ts';
import { FORMAT, VERSION } from '../schema.ts';
import { custodyOf, enquiriesOf, hearingsOf, interviewsOf, pleasOf } from './course.ts';
import { exhibitsOf, materialOf, statementsOf } from './evidence.ts';
import { documentsOf, filesOf } from './papers.ts';
import { caseOf, offencesOf, suspectsOf, victimsOf, witnessesOf } from './people.ts';
import type { Story } from './story.ts';
import { storyAt } from './story.ts';
import { answerOf, packagesOf, workOf } from './work.ts';

const summaryOf = (story: Story): string =>
  [
    'Daniel Harlan was a joiner at Pell and Sons until a month before. At night he opened the workshop with a key that he had kept and loaded tools worth \u00a38,940 into his van.',
    'Idris Vaughan, who lives at the gate, saw the van and took a photograph of it (IV/1). The yard camera filmed it (RP/2). Ruth Pell lists what was taken (RP/1).',
    story.stage === 'gap'
      ? 'Three of the tools were in the van when he was arrested (AD/1). In interview he admitted the theft.'
      : 'Three of the tools were in the van when he was arrested (AD/1). In interview he said that they were his in place of wages. No record of that was found.',
  ].join('\n');

function storyOf(story: Story): CaseSnapshot {
  return {
    format: FORMAT,
    version: VERSION,
    case: caseOf(story),
    suspects: suspectsOf(story),
    offences: offencesOf(story),
    victims: victimsOf(),
    witnesses: witnessesOf(story),
    statements: statementsOf(story),
    exhibits: exhibitsOf(story),
    material: materialOf(story),
    documents: documentsOf(story),
    interviews: interviewsOf(story),
    custody: custodyOf(story),
    hearings: hearingsOf(story),
    pleas: pleasOf(story),
    enquiries: enquiriesOf(story),
    summary: summaryOf(story),
    files: filesOf(story),
    packages: packagesOf(story),
    work: workOf(story),
    conflicts: [],
    newer: [],
    unread: {},
  };
}

/** The example as it is good on a day (YYYY-MM-DD): its dates are reckoned from it, and every question of the rules is answered. */
export function example(stage: Stage, on: string, rules: RuleSet): CaseSnapshot {
  const story = storyAt(stage, on);
  const made = storyOf(story);
  const questions = questionsOf(made, stage, rules, on);
  const answers = Object.fromEntries(questions.map((question) => [question.key, answerOf(story, question)]));
  return { ...made, work: { ...made.work, answers } };
}
