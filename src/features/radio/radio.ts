export { addEncoder, createMount, prepareEncoder } from './mounts.ts';
export { openStation, type Station, type StationLog, type StationOptions } from './station.ts';
export { createProgramme, createSlot } from './programmes.ts';
export { momentLinks } from './episodes/links.store.ts';
