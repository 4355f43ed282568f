/** Why an act that a window asked for was not done: a closed list, each with a sentence (renderer/ui/sentences.ts). */
export type ActCause =
  | 'offline'
  | 'not found'
  | 'not allowed'
  | 'already done'
  | 'disk full'
  | 'not permitted'
  | 'read-only'
  | 'place gone'
  | 'disk error'
  | 'locked'
  | 'not whole'
  | 'too late'
  | 'case closed'
  | 'held'
  | 'not reviewed'
  | 'malformed'
  | 'changed meanwhile'
  | 'too large'
  | 'no case file'
  | 'sensitive'
  | 'nobody there'
  | 'denied'
  | 'own request'
  | 'line manager first'
  | 'too long'
  | 'access over'
  | 'authority away'
  | 'key away'
  | 'not kept';

/** Why nothing was written to a place that a person chose. */
export type WriteOutCause = 'no space' | 'not permitted' | 'read-only' | 'place gone' | 'disk error' | 'unknown token';
