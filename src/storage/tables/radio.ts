export type RadioTables = {};
