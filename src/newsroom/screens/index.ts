import { articlesRegistration } from './articles/index.ts';
import { editorRegistration } from './editor/index.ts';
import { mediaRegistration } from './media/index.ts';
import { desksRegistration } from './desks/index.ts';
import { frontRegistration } from './front/index.ts';
import { moderationRegistration } from './moderation/index.ts';
import { deskRegistration } from './my-desk/index.ts';
import { taxonomyRegistration } from './taxonomy/index.ts';
import { peopleRegistration } from './people/index.ts';
import { radioRegistration } from './radio/index.ts';
import { audienceRegistration } from './audience/index.ts';
import type { Registration } from './registration.ts';
import { settingsRegistration } from './settings/index.ts';

/** Every screen of the newsroom, feature by feature; the order of the palette. */
export const registrations: readonly Registration[] = [
  deskRegistration,
  articlesRegistration,
  desksRegistration,
  frontRegistration,
  taxonomyRegistration,
  editorRegistration,
  mediaRegistration,
  peopleRegistration,
  radioRegistration,
  audienceRegistration,
  settingsRegistration,
  moderationRegistration,
];
