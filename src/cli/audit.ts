import { createReadStream } from 'node:fs';
import { defineCommand } from 'citty';
import { linesOf } from '../base/lines.ts';
import { Problem } from '../base/problem.ts';
import { AuditAnswer } from '../contract/audit-answers.ts';
import { type AuditEntry, auditExport, verifyAudit, verifyEntries } from '../features/audit/audit.ts';
import { houseFlags, withHouse } from './house.ts';

const exportCommand = defineCommand({
  meta: {
    name: 'export',
    description: 'Write the audit log as JSON Lines, each line chained to the one before',
  },
  args: houseFlags,
  run: ({ args }) =>
    withHouse(args, async ({ db }) => {
      for await (const entry of auditExport(db.read)) process.stdout.write(`${JSON.stringify(entry)}\n`);
    }),
});

async function* entriesOf(file: string): AsyncGenerator<AuditEntry> {
  let number = 0;
  for await (const line of linesOf(createReadStream(file))) {
    number += 1;
    if (line.trim() === '') continue;
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch (cause) {
      throw new Problem('invalid', `${file}:${number} is not JSON.`, undefined, { cause });
    }
    const parsed = AuditAnswer.safeParse(entry);
    if (!parsed.success) throw new Problem('invalid', `${file}:${number} is no entry of an audit log.`);
    yield parsed.data;
  }
}

const verifyCommand = defineCommand({
  meta: {
    name: 'verify',
    description: 'Check that nothing in the audit log was changed, left out or put in',
  },
  args: {
    ...houseFlags,
    file: {
      type: 'positional',
      required: false,
      description: 'an export; the house’s own log when left out',
    },
    json: { type: 'boolean', description: 'print JSON' },
  },
  run: async ({ args }) => {
    const verdict =
      args.file === undefined
        ? await withHouse(args, ({ db }) => verifyAudit(db.read))
        : await verifyEntries(entriesOf(args.file));
    const { entries, head, faults } = verdict;
    if (args.json === true) process.stdout.write(`${JSON.stringify(verdict)}\n`);
    else if (faults.length === 0)
      process.stdout.write(`${entries} entries, whole; the last hash is ${head}.\n`);
    else for (const fault of faults) process.stderr.write(`${fault}\n`);
    if (faults.length > 0) process.exitCode = 1;
  },
});

export const auditCommand = defineCommand({
  meta: { name: 'audit', description: 'The log of who did what' },
  subCommands: { export: exportCommand, verify: verifyCommand },
});
