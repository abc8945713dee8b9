/** A module of its own, so that the library is a file that only they load who go back. */
export { default as Hls } from 'hls.js/light';
