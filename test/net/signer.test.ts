import { inspect } from 'node:util';
import { createSigner } from '../../src/net/signer.js';

// The keys of the example in Binance's documentation (rest-api.md, "SIGNED Endpoint Examples").
const credentials = {
  apiKey: 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A',
  apiSecret: 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j',
};

it('signs as the example does', () => {
  const payload =
    'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559';
  expect(createSigner(credentials).sign(payload)).toBe(
    'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71',
  );
});

it('signs as RFC 4231, test case 2, does', () => {
  expect(createSigner({ apiKey: '', apiSecret: 'Jefe' }).sign('what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

it('signs text in UTF-8', () => {
  const signer = createSigner({ apiKey: '', apiSecret: 'key' });
  expect(signer.sign('１２３')).not.toBe(signer.sign('123'));
});

it('gives the public half of the key', () => {
  expect(createSigner(credentials).apiKey()).toBe(credentials.apiKey);
});

it('shows neither half to anything that prints', () => {
  const signer = createSigner(credentials);
  const printed = [
    inspect(signer, { depth: Infinity, showHidden: true, getters: true }),
    JSON.stringify(signer),
    JSON.stringify(Object.getOwnPropertyDescriptors(signer)),
    signer.sign.toString(),
    signer.apiKey.toString(),
  ].join('\n');
  expect(printed).not.toContain(credentials.apiKey);
  expect(printed).not.toContain(credentials.apiSecret);
});
