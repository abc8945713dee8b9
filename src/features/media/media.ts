/** The door of the media room. */
export { changeAsset, createAsset } from './assets.ts';
export { adoptFile, MAX_FILE_BYTES, MAX_PICTURE_BYTES, type MediaRoom, receiveBytes } from './receive.ts';
export { forgetRetired, makeRenditions } from './renditions.ts';
export { withdrawExpired } from './rights.ts';
export { forgetUploads } from './uploads.ts';
