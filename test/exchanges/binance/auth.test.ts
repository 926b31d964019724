import { createHmac } from 'node:crypto';
import type { Params } from '../../../src/core/contract.js';
import { RECV_WINDOW, sign } from '../../../src/exchanges/binance-shared/auth.js';
import { createSigner } from '../../../src/net/signer.js';
import { credentials, fixture, signer } from './support.js';

const hmac = (payload: string): string =>
  createHmac('sha256', credentials.apiSecret).update(payload).digest('hex');

const signed = (params: Params, now: number) =>
  sign({ method: 'POST', path: '/api/v3/order', params }, signer, now);

const order = {
  symbol: 'LTCBTC',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '1',
  price: '0.1',
};
const at = 1_499_827_319_559;

describe('a REST call', () => {
  // rest-api.md, "SIGNED Endpoint Examples for POST /api/v3/order".
  it.each([
    [
      'of the documentation',
      'LTCBTC',
      'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559',
      'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71',
    ],
    [
      'of the documentation, with a symbol that is not ASCII',
      '１２３４５６',
      'symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559',
      'e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3',
    ],
  ])('%s is signed as there', (_, symbol, payload, signature) => {
    expect(signed({ ...order, symbol }, at)).toEqual({
      query: `${payload}&signature=${signature}`,
      headers: { 'X-MBX-APIKEY': credentials.apiKey },
    });
  });

  it('without parameters has a timestamp all the same', () => {
    const payload = 'recvWindow=5000&timestamp=7';
    expect(signed({}, 7).query).toBe(`${payload}&signature=${hmac(payload)}`);
  });

  it('is signed as it is sent: each value percent-encoded', () => {
    const payload = 'newClientOrderId=a%26b%3Dc%20d%2Be%2Ff&recvWindow=5000&timestamp=7';
    expect(signed({ newClientOrderId: 'a&b=c d+e/f' }, 7).query).toBe(
      `${payload}&signature=${hmac(payload)}`,
    );
  });

  it('has a signature that needs no further encoding, or gets it', () => {
    const base64 = { apiKey: () => 'key', sign: () => 'a+b/c==' };
    const call = { method: 'GET', path: '', params: {} } as const;
    expect(sign(call, base64, 7).query).toMatch(/&signature=a%2Bb%2Fc%3D%3D$/);
  });

  it('is accepted as long as the exchange is told', () => {
    expect(RECV_WINDOW).toBe(5_000);
  });

  it('does not show the secret', () => {
    expect(JSON.stringify(signed(order, at))).not.toContain(credentials.apiSecret);
  });
});

it('agrees with Hummingbot on a signature', () => {
  const { signature: sample } = fixture('peers/hummingbot') as {
    readonly signature: {
      readonly payload: Params;
      readonly apiSecret: string;
      readonly signature: string;
    };
  };
  const { apiSecret } = sample;
  const payload = new URLSearchParams(sample.payload).toString();
  expect(createSigner({ apiKey: 'testApiKey', apiSecret }).sign(payload)).toBe(sample.signature);
});
