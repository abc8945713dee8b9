import { z } from 'zod';
import { Problem } from '../../../base/problem.ts';

/** JSON transcripts of the Podcast namespace (docs/tags/transcript, "JSON"). */
const JsonTranscript = z.object({
  version: z.string(),
  segments: z
    .array(
      z.object({
        speaker: z.string().optional(),
        startTime: z.number().min(0),
        endTime: z.number().min(0),
        body: z.string(),
      }),
    )
    .min(1),
});

/** WebVTT, SubRip or the JSON of the Podcast namespace, told by content. @throws Problem `unsupported` */
export function transcriptType(text: string): 'text/vtt' | 'application/srt' | 'application/json' {
  if (/^\uFEFF?WEBVTT(?:[ \t\r\n]|$)/.test(text)) return 'text/vtt';
  if (/^\uFEFF?\s*\d+\s*\r?\n\d{2}:\d{2}:\d{2},\d{3} --> /.test(text)) return 'application/srt';
  if (/^\uFEFF?\s*\{/.test(text) && JsonTranscript.safeParse(parse(text)).success) return 'application/json';
  throw new Problem(
    'unsupported',
    'This is neither WebVTT, SubRip nor JSON of the Podcast namespace.',
    'Send a .vtt, .srt or .json file.',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined; // Which is no transcript.
  }
}
