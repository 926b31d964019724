import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { firstValueFrom } from 'rxjs';
import type { RestAnswer } from '../../src/core/contract.js';
import { nodeHttp } from '../../src/net/node-http.js';

const servers: Server[] = [];

/** A server on this machine for one test; returns its origin. */
const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const ask = (url: string, method = 'GET'): Promise<RestAnswer> =>
  firstValueFrom(nodeHttp()({ method, url, headers: { 'X-KEY': 'k' } }));

const errorOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a request', () => {
  it.each(['GET', 'POST', 'PUT', 'DELETE'])('by %s has no body', async (method) => {
    const origin = await serve((request, response) => {
      const {
        'content-length': length,
        'transfer-encoding': encoding,
        'x-key': key,
      } = request.headers;
      response.end(
        JSON.stringify([request.method, request.url, length ?? '0', encoding ?? null, key]),
      );
    });
    const { body } = await ask(`${origin}/a/b?c=%2F&d=//e`, method);
    expect(JSON.parse(body)).toEqual([method, '/a/b?c=%2F&d=//e', '0', null, 'k']);
  });

  it('may be for an origin alone', async () => {
    const origin = await serve((request, response) => response.end(request.url));
    expect(await ask(origin)).toMatchObject({ body: '/' });
  });

  it('follows nobody elsewhere', async () => {
    const asked: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await ask(`${origin}/here`)).toMatchObject({ status: 307, body: '' });
    expect(asked).toEqual(['/here']);
  });

  it('that cannot be made does not tell what was asked', async () => {
    const error = await errorOf(ask('http://no such host/order?signature=SECRET'));
    expect(error).toMatchObject({ kind: 'network' });
    expect(JSON.stringify(error) + String(error)).not.toContain('SECRET');
  });
});

describe('an answer', () => {
  it('has its headers by their names in lower case', async () => {
    const origin = await serve((_, response) => {
      response.setHeader('X-Used-Weight', '7');
      response.end();
    });
    expect((await ask(origin)).headers).toMatchObject({ 'x-used-weight': '7' });
  });

  it('is put together of its parts, wherever they were cut', async () => {
    const bytes = Buffer.from('"１２３４５６ €"');
    const origin = await serve((_, response) => {
      let sent = 0;
      const sendByte = (): void => {
        if (sent === bytes.length) response.end();
        else response.write(bytes.subarray(sent, ++sent), () => setImmediate(sendByte));
      };
      sendByte();
    });
    expect(await ask(origin)).toMatchObject({ status: 200, body: '"１２３４５６ €"' });
  });

  it('is unpacked', async () => {
    const text = JSON.stringify(Array.from({ length: 10_000 }, (_, i) => i));
    const origin = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip');
      response.setHeader('Content-Encoding', 'gzip');
      response.end(gzipSync(text));
    });
    expect(await ask(origin)).toMatchObject({ body: text });
  });

  it.each([
    ['is no packed text', Buffer.from('<html>')],
    ['is cut', gzipSync('hello').subarray(0, 12)],
  ])('that says it is packed, but %s, leaves the outcome unknown', async (_, bytes) => {
    const origin = await serve((__, response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(bytes);
    });
    expect(await errorOf(ask(origin))).toMatchObject({ kind: 'network', outcome: 'unknown' });
  });
});
