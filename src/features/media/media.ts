/** The door of the media room. */
export { createAsset } from './assets.ts';
export { type MediaRoom, receiveBytes } from './receive.ts';
export { forgetRetired, makeRenditions } from './renditions.ts';
export { withdrawExpired } from './rights.ts';
export { forgetUploads } from './uploads.ts';
