import { after, before, describe } from 'node:test';
import { bundles } from './bundles.mjs';
import { commands } from './commands.mjs';
import { contents } from './contents.mjs';
import { dependencies } from './dependencies.mjs';
import { installed } from './installed.mjs';
import { programs } from './programs.mjs';

let project;
before(async () => {
  project = await installed();
});
after(() => project?.remove());

describe('the packed files', () => contents(() => project));
describe('what is installed with it', () => dependencies(() => project));
describe('programs of users', () => programs(() => project));
describe('the command', () => commands(() => project));
describe('in a page', () => bundles(() => project));
