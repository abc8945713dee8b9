import type { BodyAsset, StoryCard } from '../../../contract/pages.ts';
import type { Ui } from '../../ui.ts';

/** What a document needs around it to be drawn; `notes` gathers its footnotes on the way. */
export type DocContext = {
  readonly ui: Ui;
  readonly assets: Readonly<Record<string, BodyAsset>>;
  readonly boxed: Readonly<Record<string, StoryCard>>;
  readonly notes: string[];
};
