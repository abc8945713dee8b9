/**
 * A migration: portable statements (see dialect/ddl for the few tokens), then those of one database only.
 * Forward only; a shipped one never changes (tests hold its hash) and imports nothing of the app.
 */
export type Migration = {
  readonly name: string;
  readonly statements: readonly string[];
  readonly only?: { readonly sqlite?: readonly string[]; readonly postgres?: readonly string[] };
};
