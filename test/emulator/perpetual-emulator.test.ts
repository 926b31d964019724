import { once } from 'node:events';
import { WebSocket } from 'ws';
import { perpetualEmulator } from '../../src/emulator/index.js';
import { hmac } from './support.js';

/** The first message of this kind from now on. */
const messageOf = (socket: WebSocket, kind: string): Promise<unknown> =>
  new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { readonly e: string };
      if (message.e === kind) resolve(message);
    });
  });

describe('the emulated exchange of perpetuals', () => {
  it('trades over real sockets, by the three ways of its streams', async () => {
    const venue = await perpetualEmulator({ seed: 3 }).listen();
    const { domain, credentials } = venue;
    const headers = { 'x-mbx-apikey': credentials.apiKey };
    const key = await fetch(`${domain.rest}/fapi/v1/listenKey`, { method: 'POST', headers });
    const { listenKey } = (await key.json()) as { listenKey: string };
    const user = new WebSocket(`${domain.wsApi}/ws?listenKey=${listenKey}`);
    const book = new WebSocket(`${domain.stream}/public/ws/btcusdt@depth@100ms`);
    const marks = new WebSocket(`${domain.stream}/market/ws/btcusdt@markPrice@1s`);
    await Promise.all([user, book, marks].map((socket) => once(socket, 'open')));
    const filled = messageOf(user, 'ACCOUNT_UPDATE');
    const payload =
      'symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01' + `&timestamp=${Date.now()}`;
    const signature = hmac(payload, credentials.apiSecret);
    const order = `${domain.rest}/fapi/v1/order?${payload}&signature=${signature}`;
    const { status } = await fetch(order, { method: 'POST', headers });
    expect(status).toBe(200);
    expect(await filled).toMatchObject({ a: { P: [{ s: 'BTCUSDT', pa: '0.01' }] } });
    expect(await messageOf(book, 'depthUpdate')).toHaveProperty('pu');
    expect(await messageOf(marks, 'markPriceUpdate')).toMatchObject({ r: '0.00010000' });
    expect(venue.positions()).toMatchObject([{ symbol: 'BTCUSDT', side: 'both' }]);
    expect(venue.trades()).not.toEqual([]);
    await venue.close();
  });
});
