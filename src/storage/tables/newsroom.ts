export type NewsroomTables = {};
