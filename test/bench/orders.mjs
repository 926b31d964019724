import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { filter, firstValueFrom } from 'rxjs';
import { Agent as Dispatchers } from 'undici';
import { binance } from 'rxchange/binance';
import { instantExchange } from './instant-exchange.mjs';
import { peer, versionOf } from './peers.mjs';
import { compare, timed } from './rounds.mjs';
import { unlimited } from './unlimited.mjs';

const ORDERS = 200;
const credentials = { apiKey: 'k'.repeat(64), apiSecret: 's'.repeat(64) };
const order = { pair: 'BTC-USDT', type: 'limit', price: '60000', amount: '0.001' };

const signedPath = () => {
  const query = `symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=60000&newClientOrderId=${Math.random()}&newOrderRespType=FULL&recvWindow=5000&timestamp=${Date.now()}`;
  const signature = createHmac('sha256', credentials.apiSecret).update(query).digest('hex');
  return `/api/v3/order?${query}&signature=${signature}`;
};

/** What a signed order costs with node's own means: HMAC, one request on a connection kept open, JSON. */
const raw = (domain) => {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(domain.rest);
  const send = () =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          agent,
          hostname,
          port,
          method: 'POST',
          path: signedPath(),
          headers: { 'X-MBX-APIKEY': credentials.apiKey },
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (chunk) => (body += chunk));
          response.on('end', () => resolve(JSON.parse(body)));
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  return { name: 'raw http.request, keep-alive, HMAC, JSON.parse', send };
};

/** The same by the client that the connector uses: the least that there is to be had. */
const bare = (domain) => {
  const agent = new Dispatchers();
  const send = () =>
    new Promise((resolve, reject) => {
      const chunks = [];
      agent.dispatch(
        {
          origin: domain.rest,
          method: 'POST',
          path: signedPath(),
          headers: { 'X-MBX-APIKEY': credentials.apiKey },
        },
        {
          onRequestStart: () => undefined,
          onResponseStart: () => undefined,
          onResponseData: (_, chunk) => chunks.push(chunk),
          onResponseEnd: () => resolve(JSON.parse(Buffer.concat(chunks))),
          onResponseError: (_, error) => reject(error),
        },
      );
    });
  return { name: 'undici alone, HMAC, JSON.parse', send };
};

const ours = ({ domain, endOrders }) => {
  const throttler = unlimited();
  const exchange = binance({ domain, credentials, throttler });
  const session = exchange.connect().subscribe();
  return {
    name: 'rxchange buy, until acknowledged',
    send: () => firstValueFrom(exchange.buy(order).pipe(filter(({ state }) => state === 'open'))),
    // No exchange lets orders pile up without an end: between the rounds this one cancels all that are open.
    after: async () => {
      endOrders();
      await firstValueFrom(exchange.inFlightOrders$.pipe(filter(({ size }) => size === 0)));
    },
    close: () => session.unsubscribe(),
  };
};

const tiagosiebler = (domain, { MainClient }) => {
  const client = new MainClient({
    api_key: credentials.apiKey,
    api_secret: credentials.apiSecret,
    baseUrl: domain.rest,
    keepAlive: true,
  });
  return {
    name: `binance ${versionOf('binance')} submitNewOrder`,
    send: () =>
      client.submitNewOrder({
        symbol: 'BTCUSDT',
        side: 'BUY',
        type: 'LIMIT',
        timeInForce: 'GTC',
        quantity: 0.001,
        price: 60000,
        newOrderRespType: 'FULL',
      }),
  };
};

const ccxt = (domain, { binance: Binance, version }) => {
  const client = new Binance({
    apiKey: credentials.apiKey,
    secret: credentials.apiSecret,
    enableRateLimit: false,
    options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] }, fetchMargins: false },
  });
  client.has.fetchCurrencies = false;
  for (const name of ['public', 'private', 'v1']) client.urls.api[name] = `${domain.rest}/api/v3`;
  return {
    name: `ccxt ${version} createOrder`,
    send: () => client.createOrder('BTC/USDT', 'limit', 'buy', 0.001, 60000),
  };
};

const contestant = ({ name, send, after }) => ({
  name,
  after,
  run: () =>
    timed(ORDERS, async () => {
      for (let count = 0; count < ORDERS; count += 1) await send();
    }),
});

/** A contestant of a package, where that is installed. */
const optional = (name, make) => {
  const installed = peer(name);
  return installed === undefined ? [] : [make(installed)];
};

/** The round trip of a limit order to a server that answers at once, one order after the other. */
export const bench = async () => {
  const exchange = await instantExchange();
  const { domain, close } = exchange;
  const mine = ours(exchange);
  const contestants = [
    raw(domain),
    mine,
    bare(domain),
    ...optional('binance', (installed) => tiagosiebler(domain, installed)),
    ...optional('ccxt', (installed) => ccxt(domain, installed)),
  ];
  for (const { send } of contestants) await send();
  console.log(`${ORDERS} signed limit orders a round, one after the other`);
  console.table(await compare(contestants.map(contestant)));
  mine.close();
  close();
};
