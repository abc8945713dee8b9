import type { AccountTables, AuditTables, MailTables } from './accounts.ts';
import type { ArticleTables } from './articles.ts';
import type { DeskTables } from './desks.ts';
import type { NewsroomTables } from './newsroom.ts';
import type { CollaborationTables } from './collaboration.ts';
import type { DiscussionTables } from './discussion.ts';
import type { ModerationTables } from './moderation.ts';
import type { AudienceTables } from './audience.ts';
import type { RadioTables } from './radio.ts';
import type { HouseTables } from './house.ts';
import type { ImportTables } from './imports.ts';
import type { MediaTables } from './media.ts';
import type { RecordTables } from './record.ts';
import type { SearchTables } from './search.ts';
import type { TaxonomyTables } from './taxonomy.ts';

/** Every table, by name. Each is written only by its owner's `.store.ts`. */
export type Tables = HouseTables &
  AccountTables &
  MailTables &
  AuditTables &
  RecordTables &
  MediaTables &
  ArticleTables &
  TaxonomyTables &
  SearchTables &
  ImportTables &
  NewsroomTables &
  DeskTables &
  CollaborationTables &
  DiscussionTables &
  ModerationTables &
  AudienceTables &
  RadioTables;
