/**
 * Suggestions live in the shared document only: as marks of text (`insertion`, `deletion`, `format`) and as the attribute `suggest` of
 * nodes. What is published is read without them, as if each had been refused, until somebody accepts.
 */
export const SUGGEST = 'suggest';

/** Who suggested it and when; changes of one stroke share an id. */
export type SuggestedBy = {
  readonly id: string;
  readonly by: string;
  readonly name: string;
  readonly at: string;
};

/** What is suggested of a node. `split`: a textblock that its predecessor would be cut into; `join`: one that would join its predecessor. */
export type NodeSuggestion = SuggestedBy &
  (
    | { readonly op: 'insert' | 'delete' | 'split' | 'join' }
    | { readonly op: 'change'; readonly before: Readonly<Record<string, unknown>> }
  );

/** Reads the attribute; undefined where there is none or it is not of ours. */
export function nodeSuggestion(value: unknown): NodeSuggestion | undefined {
  if (typeof value !== 'object' || value === null || !('op' in value) || !('id' in value)) return undefined;
  return value as NodeSuggestion;
}
