/** The door of the room where articles are written together. */
export { type Hub, makeHub } from './hub.ts';
