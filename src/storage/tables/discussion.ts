export type DiscussionTables = {};
