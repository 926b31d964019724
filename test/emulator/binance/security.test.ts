import { signedPayload } from '../../../src/emulator/binance/rest.js';
import { framePayload } from '../../../src/emulator/binance/ws-frame.js';
import { createBench, hmac, LIMIT, parse, queryOf, START, type Json } from '../support.js';

// The sample keys of Binance Spot API, rest-api.md and web-socket-api.md.
const apiKey = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A';
const apiSecret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j';

const sample =
  'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559';
const fullWidth = sample.replace('LTCBTC', encodeURIComponent('１２３４５６'));
const frame = {
  apiKey,
  price: '52000.00',
  quantity: '0.01000000',
  recvWindow: '100',
  side: 'SELL',
  symbol: 'BTCUSDT',
  timeInForce: 'GTC',
  timestamp: '1645423376532',
  type: 'LIMIT',
};

/** What the sample keys' account is answered at the sample's time. */
const answerTo = (query: string, body = ''): Json => {
  const { control, dialect } = createBench({ start: 1_499_827_319_560 });
  control.openAccount({ credentials: { apiKey, apiSecret } });
  const headers = {
    'x-mbx-apikey': apiKey,
    'content-type': 'application/x-www-form-urlencoded',
  };
  const request = { method: 'POST', path: '/api/v3/order', query, headers, body };
  return parse(dialect.handle(request).body);
};

it('lets pages read its answers, and permits none to name a key', () => {
  const { dialect } = createBench();
  const ask = (method: string) =>
    dialect.handle({ method, path: '/api/v3/time', query: '', headers: {}, body: '' }).headers;
  expect(ask('GET')).toMatchObject({ 'access-control-allow-origin': '*' });
  expect(ask('OPTIONS')).not.toHaveProperty('access-control-allow-headers');
});

describe('signatures', () => {
  const known = [
    [
      signedPayload({ query: sample, body: '' }),
      'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71',
    ],
    [
      signedPayload({ query: fullWidth, body: '' }),
      'e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3',
    ],
    [
      signedPayload({
        query: 'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC',
        body: 'quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559&signature=x',
      }),
      '0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77',
    ],
    [
      framePayload(new Map(Object.entries(frame).reverse())),
      'aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24',
    ],
    [
      framePayload(
        new Map(
          Object.entries({
            ...frame,
            price: '0.10000000',
            quantity: '1.00000000',
            recvWindow: '5000',
            side: 'BUY',
            symbol: '１２３４５６',
          }),
        ),
      ),
      'b33892ae8e687c939f4468c6268ddd4c40ac1af18ad19a064864c47bae0752cd',
    ],
    [
      framePayload(
        new Map([
          ['timestamp', '1747385641636'],
          ['apiKey', apiKey],
          ['signature', 'x'],
        ]),
      ),
      '681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e',
    ],
  ] as const;

  it.each(known)('covers %s', (payload, signature) => {
    expect(hmac(payload, apiSecret)).toBe(signature);
  });

  // The emulator does not list these symbols: being told so means that the signature passed.
  it.each([
    [
      'in the query',
      `${sample}&signature=c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71`,
      '',
    ],
    [
      'in the body',
      '',
      `${sample}&signature=c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71`,
    ],
    [
      'in upper case',
      `${sample}&signature=C8DB56825AE71D6D79447849E617115F4A920FA2ACDCAB2B053C4B2838BD6B71`,
      '',
    ],
    [
      'of a symbol beyond ASCII',
      `${fullWidth}&signature=e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3`,
      '',
    ],
    [
      'of query and body',
      'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC',
      'quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559&signature=0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77',
    ],
  ])('accepts the documented signature %s', (_, query, body) => {
    expect(answerTo(query, body)).toEqual({ code: -1121, msg: 'Invalid symbol.' });
  });

  it('takes what is beyond ASCII as percent-encoded, and refuses it signed as it is', () => {
    const raw = decodeURIComponent(fullWidth);
    const answer = (payload: string) =>
      answerTo('', `${raw}&signature=${hmac(payload, apiSecret)}`);
    expect(answer(fullWidth)).toEqual({ code: -1121, msg: 'Invalid symbol.' });
    expect(answer(raw)).toMatchObject({ code: -1022 });
  });

  it('refuses the signature of other text', () => {
    const other = sample.replace('price=0.1', 'price=0.2');
    const signature = hmac(sample, apiSecret);
    expect(answerTo(`${other}&signature=${signature}`)).toEqual({
      code: -1022,
      msg: 'Signature for this request is not valid.',
    });
  });
});

describe('keys', () => {
  const bench = createBench();
  const payload = queryOf({ timestamp: START });
  const query = `${payload}&signature=${hmac(payload, bench.credentials.apiSecret)}`;
  const ask = (headers: Record<string, string>) =>
    bench.request({ method: 'GET', path: '/api/v3/account', query, headers });

  it('are 64 letters and digits, the same for the same seed', () => {
    expect(bench.credentials.apiKey).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(bench.credentials.apiSecret).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(createBench().credentials).toEqual(bench.credentials);
    expect(createBench({ seed: 2 }).credentials).not.toEqual(bench.credentials);
  });

  it.each([
    ['no key', {}, -2014, 'API-key format invalid.'],
    ['half a key', { 'x-mbx-apikey': 'abc' }, -2014, 'API-key format invalid.'],
    [
      'an unknown key',
      { 'x-mbx-apikey': apiKey },
      -2015,
      'Invalid API-key, IP, or permissions for action.',
    ],
  ])('%s is refused', (_, headers, code, msg) => {
    const { status, json } = ask(headers);
    expect(status).toBe(401);
    expect(json).toEqual({ code, msg });
  });

  it('come before the signature', () => {
    const { json } = bench.request({ method: 'GET', path: '/api/v3/account' });
    expect(json).toMatchObject({ code: -2014 });
  });

  it('let the account in', () => {
    expect(ask({ 'x-mbx-apikey': bench.credentials.apiKey }).status).toBe(200);
  });
});

describe('time', () => {
  const outside = {
    code: -1021,
    msg: 'Timestamp for this request is outside of the recvWindow.',
  };
  const ahead = {
    code: -1021,
    msg: "Timestamp for this request was 1000ms ahead of the server's time.",
  };
  const ok = undefined;

  it.each([
    [{ timestamp: START }, ok],
    [{ timestamp: START - 5000 }, ok],
    [{ timestamp: START - 5001 }, outside],
    [{ timestamp: START + 999 }, ok],
    [{ timestamp: START + 1000 }, ahead],
    [{ timestamp: START * 1000 }, ok],
    [{ timestamp: (START - 5001) * 1000 }, outside],
    [{ timestamp: START - 100, recvWindow: 100 }, ok],
    [{ timestamp: START - 101, recvWindow: 100 }, outside],
    [{ timestamp: START - 60_000, recvWindow: 60_000 }, ok],
    [{ timestamp: START - 101, recvWindow: '101.001' }, ok],
    [
      { timestamp: START, recvWindow: 60_001 },
      {
        code: -1102,
        msg: "'recvWindow' contains unexpected value. Cannot be greater than '60000'.",
      },
    ],
    [
      { timestamp: START, recvWindow: '1.0001' },
      {
        code: -1100,
        msg: "Illegal characters found in parameter 'recvWindow'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,3})?$'.",
      },
    ],
    [
      {},
      {
        code: -1102,
        msg: "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.",
      },
    ],
  ])('%j', (params: Record<string, string | number>, error) => {
    const bench = createBench();
    const payload = queryOf(params);
    const signature = hmac(payload, bench.credentials.apiSecret);
    const { status, json } = bench.request({
      method: 'GET',
      path: '/api/v3/openOrders',
      query: [payload, `signature=${signature}`].filter(Boolean).join('&'),
      headers: { 'x-mbx-apikey': bench.credentials.apiKey },
    });
    expect(json).toEqual(error ?? []);
    expect(status).toBe(error ? 400 : 200);
  });

  it('needs a signature', () => {
    const { credentials, request } = createBench();
    const headers = { 'x-mbx-apikey': credentials.apiKey };
    const path = '/api/v3/openOrders';
    expect(request({ method: 'GET', path, query: `timestamp=${START}`, headers }).json).toEqual({
      code: -1102,
      msg: "Mandatory parameter 'signature' was not sent, was empty/null, or malformed.",
    });
  });

  it('comes after the signature and before the parameters', () => {
    const { credentials, request } = createBench();
    const ask = (secret: string) => {
      const payload = queryOf({ ...LIMIT, side: 'HOLD', timestamp: START - 6000 });
      return request({
        method: 'POST',
        path: '/api/v3/order',
        query: `${payload}&signature=${hmac(payload, secret)}`,
        headers: { 'x-mbx-apikey': credentials.apiKey },
      }).json;
    };
    expect(ask('wrong')).toMatchObject({ code: -1022 });
    expect(ask(credentials.apiSecret)).toMatchObject({ code: -1021 });
  });
});
