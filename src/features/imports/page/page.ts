export { formatReport } from './report.ts';
export { toJson } from './json.ts';
export type { PageJson } from './json.ts';
export { recognisePage } from './recognise.ts';
export type { PageRecognition, RecogniseOptions } from './types.ts';
