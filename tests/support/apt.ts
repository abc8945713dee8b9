import { spawnSync } from 'node:child_process';

/** Installs a Debian package; the reason in one line when that fails. */
export function aptInstall(name: string): string | undefined {
  const options = { stdio: ['ignore', 'ignore', 'pipe'] as ('ignore' | 'pipe')[], encoding: 'utf8' as const };
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { ...options, env });
  const done = spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], {
    ...options,
    env,
  });
  if (done.status === 0) return undefined;
  const last = done.stderr.trim().split('\n').at(-1) ?? '';
  return `apt-get could not install ${name}: ${last || (done.error?.message ?? 'no reason given')}`;
}
