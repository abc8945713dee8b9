export type ModerationTables = {};
