import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket as MockSocket } from 'mock-socket';
import { firstValueFrom } from 'rxjs';
import { platformHttp, platformWebSocket } from '../../src/net/platform.browser.js';

it('asks by fetch', async () => {
  const server = createServer((request, response) => response.end(`${request.method} it is`));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/time`;
  const answer = await firstValueFrom(platformHttp()({ method: 'GET', url, headers: {} }));
  expect(answer).toMatchObject({ status: 200, body: 'GET it is' });
  server.closeAllConnections();
  server.close();
});

it("talks by the browser's own WebSocket", () => {
  const before = globalThis.WebSocket;
  globalThis.WebSocket = MockSocket as unknown as typeof before;
  expect(platformWebSocket()).toBe(MockSocket);
  globalThis.WebSocket = before;
});
