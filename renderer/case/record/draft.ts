/**
 * What is being typed in one field of the record. Owns the text until it is set and what its writer saw when beginning;
 * promises that only that is replaced, that a text that cannot be kept is not lost, and that nothing is set twice.
 */
import { checkField } from '../../../shared/model/formats/check.ts';
import type { Field } from '../../../shared/model/formats/field.ts';

export interface Claimed {
  readonly key: string;
  readonly value: string;
}

/** Sets the field, replacing the values under the keys that were seen. */
export type Write = (value: string, saw: readonly string[]) => void;

export class Draft {
  private readonly field: Field;
  private readonly write: Write;
  private text: string | null = null;
  /** What the text was set as; null: not yet. */
  private kept: string | null = null;
  private saw: readonly string[] = [];

  constructor(field: Field, write: Write) {
    this.field = field;
    this.write = write;
  }

  get isPending(): boolean {
    return this.text !== null && this.kept === null;
  }

  /** `standing`: the values of the field on the screen now. */
  type(text: string, standing: readonly Claimed[]): void {
    if (!this.isPending) this.saw = standing.map((claim) => claim.key);
    this.text = text;
    this.kept = null;
  }

  /** Sets what is pending. False: it cannot be kept. */
  set(): boolean {
    if (!this.isPending || this.text === null) return true;
    const checked = checkField(this.field, this.text);
    if (!checked.ok) return false;
    this.kept = checked.value.value;
    this.write(this.kept, this.saw);
    return true;
  }

  /** The field is left: what could be set is the document's from here on. */
  settle(): void {
    if (this.set()) this.text = null;
  }

  /** What the field shows, where `standing` is the document's value: the text as typed until somebody else sets the field. */
  shown(standing: string): string {
    return this.text !== null && (this.kept === null || this.kept === standing) ? this.text : standing;
  }
}
