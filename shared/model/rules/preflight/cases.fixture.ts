/**
 * For each rule of Joinder's own that a machine judges, how the good case is changed so that the rule just fails, and,
 * where the good case is not already at the boundary, so that it just passes.
 */
import { FACTS } from './factCases.fixture.ts';
import { MATERIAL } from './materialCases.fixture.ts';

export const CASES = { ...MATERIAL, ...FACTS };
