import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Debian and its kin put it. */
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine. */
export const findChromium = () => {
  const { CHROMIUM_PATH: named } = process.env;
  const found = named === undefined ? usual.find((path) => existsSync(path)) : named;
  if (found !== undefined && existsSync(found)) return found;
  throw new Error(
    `There is no Chromium at ${named ?? usual.join(' or ')}. Install Debian's package chromium ` +
      '(apt-get install chromium), or say where one is: CHROMIUM_PATH=/path/to/chromium.',
  );
};

/** Without a window, and without the calls home that a browser makes by itself. */
const quiet = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** Opens a page in a browser of its own; returns how to close it. */
export const openPage = async (url) => {
  const profile = await mkdtemp(join(tmpdir(), 'rxchange-browser-'));
  // Chromium's sandbox refuses to run as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...quiet, ...asRoot, `--user-data-dir=${profile}`, url];
  const browser = spawn(findChromium(), args, { stdio: 'ignore' });
  const gone = once(browser, 'exit');
  return async () => {
    browser.kill();
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  };
};

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(findChromium());
