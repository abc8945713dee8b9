import { defineCommand, renderUsage, runCommand, type CommandDef } from 'citty';
import { Problem } from '../base/problem.ts';
import { auditCommand } from './audit.ts';
import { benchCommand } from './bench.ts';
import { backupCommand } from './backup.ts';
import { demoCommand } from './demo/demo.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { readVersion } from './house.ts';
import { mirrorCommand } from './mirror.ts';
import { rebuildCommand } from './rebuild.ts';
import { recordCommand } from './record.ts';
import { restoreCommand } from './restore.ts';
import { findStorage } from './storage.ts';
import { serveCommand } from './serve.ts';
import { tokenCommand, userCommand } from './users.ts';

const subCommands: Record<string, CommandDef> = {
  serve: serveCommand as CommandDef,
  import: importCommand as CommandDef,
  export: exportCommand as CommandDef,
  demo: demoCommand as CommandDef,
  backup: backupCommand(findStorage) as CommandDef,
  restore: restoreCommand(findStorage) as CommandDef,
  bench: benchCommand as CommandDef,
  doctor: doctorCommand(findStorage) as CommandDef,
  mirror: mirrorCommand as CommandDef,
  rebuild: rebuildCommand as CommandDef,
  record: recordCommand as CommandDef,
  user: userCommand as CommandDef,
  token: tokenCommand as CommandDef,
  audit: auditCommand as CommandDef,
};

const main = defineCommand({
  meta: { name: 'dateline', description: 'A news platform in one process' },
  subCommands,
});

/** The command that a line of arguments names, with the ways to it, for its help. */
function commandOf(argv: readonly string[]): {
  command: CommandDef;
  parent: CommandDef | undefined;
  known: boolean;
} {
  let command: CommandDef = main;
  let parent: CommandDef | undefined;
  for (const word of argv) {
    const subs = command.subCommands as Record<string, CommandDef> | undefined;
    if (subs === undefined || word.startsWith('-')) break;
    const next = subs[word];
    if (next === undefined) return { command, parent, known: false };
    parent = command;
    command = next;
  }
  return { command, parent, known: true };
}

async function run(argv: readonly string[]): Promise<number> {
  const { command, parent, known } = commandOf(argv);
  if (argv.includes('--help') || argv.includes('-h') || argv.length === 0) {
    process.stdout.write(`${await renderUsage(command, parent)}\n`);
    return argv.length === 0 ? 2 : 0;
  }
  if (argv[0] === '--version') {
    process.stdout.write(`${await readVersion()}\n`);
    return 0;
  }
  if (!known || command === main) {
    process.stderr.write(
      `There is no command "${argv.filter((word) => !word.startsWith('-')).join(' ')}". Commands: ${Object.keys(subCommands).join(', ')}; see --help.\n`,
    );
    return 2;
  }
  try {
    await runCommand(main, { rawArgs: [...argv] });
    return Number(process.exitCode ?? 0);
  } catch (cause) {
    if (cause instanceof Problem) {
      process.stderr.write(`${cause.line}\n`);
      return 1;
    }
    if (cause instanceof Error && cause.name === 'CLIError') {
      process.stderr.write(`${cause.message}; see dateline ${argv[0] ?? ''} --help.\n`);
      return 2;
    }
    throw cause;
  }
}

process.exitCode = await run(process.argv.slice(2));
