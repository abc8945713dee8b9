import { defineCommand } from 'citty';
import { examine, type Finding } from '../storage/doctor/doctor.ts';
import { openBlobs } from '../storage/files/blobs.ts';
import { openAsIs } from '../storage/open.ts';
import { houseFlags } from './house.ts';
import { assertThere, type FindStorage } from './storage.ts';

/** `dateline doctor`: one line a finding; ends non-zero when something is broken. */
export function doctorCommand(find: FindStorage) {
  return defineCommand({
    meta: { name: 'doctor', description: 'Look whether everything that the site rests on is well' },
    args: {
      ...houseFlags,
      full: { type: 'boolean', description: 'Read every media file and compare its digest' },
      json: { type: 'boolean', description: 'Print the findings as JSON' },
    },
    run: async ({ args }) => {
      const places = find(args);
      const findings = await examine({
        dataFolder: places.dataFolder,
        openDb: async () => {
          assertThere(places);
          return openAsIs(places.database);
        },
        openBlobs: () => openBlobs(places.media),
        full: args.full === true,
      });
      if (args.json === true) console.log(JSON.stringify(findings, null, 2));
      else for (const finding of findings) console.log(lineOf(finding));
      if (findings.some((finding) => finding.state === 'broken')) process.exitCode = 1;
    },
  });
}

function lineOf({ check, state, message, todo }: Finding): string {
  const line = `${state.padEnd(8)} ${check}: ${message}`;
  return todo === undefined ? line : `${line}. ${todo}`;
}
