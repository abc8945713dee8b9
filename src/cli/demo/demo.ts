import { mkdir, readdir } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { openHouse } from '../../app.ts';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';
import { readConfig, serveFlags } from '../house.ts';
import { serveHouse } from '../serve.ts';
import { DEMO_PASSWORD, demoLogins, fillHouse } from './fill.ts';
import { fillRadio } from './radio.ts';

const SETTING = 'demo';

export const demoCommand = defineCommand({
  meta: { name: 'demo', description: 'Fill an empty data folder with a sample newsroom and serve it' },
  args: { ...serveFlags, 'fill-only': { type: 'boolean', description: 'fill the folder and stop' } },
  run: async ({ args }) => {
    const config = { ...readConfig(args) };
    await mkdir(config.dataFolder, { recursive: true, mode: 0o750 });
    const house = await openHouse(config);
    const filled = await readSetting<{ state: 'filling' | 'filled' }>(house.db.read, SETTING);
    if (filled?.state === 'filling') {
      await house.close();
      throw new Problem(
        'conflict',
        `Filling ${config.dataFolder} was interrupted.`,
        'Delete that folder and start the demo again.',
      );
    }
    if (filled === undefined) {
      const used = await house.db.read.selectFrom('articles').select('id').limit(1).executeTakeFirst();
      if (used !== undefined) {
        await house.close();
        const files = (await readdir(config.dataFolder)).length;
        throw new Problem(
          'conflict',
          `${config.dataFolder} holds a newsroom of its own (${files} files).`,
          'Use dateline serve for it, or give demo another folder with --data.',
        );
      }
      process.stdout.write('Filling the sample newsroom: ');
      await house.db.write((tx) => writeSetting(tx, SETTING, { state: 'filling' }));
      await fillHouse(house, (line) => process.stdout.write(`${line}, `));
      await fillRadio(house, config.origin);
      await house.db.write((tx) => writeSetting(tx, SETTING, { state: 'filled' }));
      process.stdout.write('done.\n');
    }
    const logins = await demoLogins(house);
    if (args['fill-only'] === true) return house.close();
    await serveHouse(
      house,
      { ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel },
      (_site, address) => {
        // Passkeys are bound to a name: a browser has none for 127.0.0.1.
        const here = address.replace('//127.0.0.1', '//localhost');
        const lines = [
          '',
          `  Site       ${here}/`,
          `  Deutsch    ${here}/de      العربية  ${here}/ar`,
          `  API        ${here}/api/v1/openapi.json`,
          `  Record     ${here}/record/checkpoint`,
          '',
          '  Sign in by one click (made anew at each start):',
          ...logins.map((login) => `  ${login.role.padEnd(9)} ${here}${login.link}`),
          `  or at ${here}${paths.signIn()} with the address below and the password “${DEMO_PASSWORD}”`,
          '',
          '  Logins (API tokens, made anew at each start):',
          ...logins.map((login) => `  ${login.role.padEnd(9)} ${login.email.padEnd(26)} ${login.token}`),
          '',
          '  Stop with Ctrl-C. The sample stays in the data folder.',
          '',
        ];
        process.stdout.write(`${lines.join('\n')}\n`);
      },
    );
    return undefined;
  },
});
