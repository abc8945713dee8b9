export type AudienceTables = {};
