import * as node from '../../src/net/signatures.js';
import * as browser from '../../src/net/signatures.browser.js';
import { kindOf } from '../support/kind-of.js';
import { secretLines, rsaPair } from '../support/key-pairs.js';

const { privateKey } = rsaPair();

it('stands in the place of the one of node', () => {
  expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
});

it.each([
  ['a secret', () => browser.hmacSha256('open sesame')],
  ['a private key', () => browser.privateKeySignature(privateKey)],
])('says at once that nothing can be signed with %s, and nothing of it', (_, make) => {
  expect(kindOf(make)).toBe('not_supported');
  expect(make).toThrow(/cannot sign/);
  const secrets = ['open sesame', ...secretLines(privateKey)];
  try {
    make();
  } catch (error) {
    const said = `${String(error)} ${JSON.stringify(error)}`;
    for (const secret of secrets) expect(said).not.toContain(secret);
  }
});
