export type CollaborationTables = {};
