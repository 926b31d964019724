import { createServer } from 'node:http';
import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { createAnswers, subscribed } from './answers.mjs';
import { canceled } from './execution-report.mjs';

/** A server in Binance's manner that takes no time: whatever an order takes is the client's doing. */
export const instantExchange = async () => {
  const { answer, takeOpen } = createAnswers();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const url = new URL(request.url, 'http://localhost');
      for (const [name, value] of new URL(`?${body}`, url).searchParams)
        url.searchParams.set(name, value);
      response.setHeader('content-type', 'application/json');
      response.end(answer(url));
    });
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', () => socket.send(subscribed)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${server.address().port}`;
  return {
    domain: { rest: `http://${address}`, stream: `ws://${address}`, wsApi: `ws://${address}` },
    /** Ends all orders, and tells those who listen to the account's stream. */
    endOrders: () => {
      for (const order of takeOpen())
        for (const socket of sockets.clients) socket.send(canceled(order));
    },
    close: () => {
      sockets.clients.forEach((socket) => socket.terminate());
      sockets.close();
      server.closeAllConnections();
      server.close();
    },
  };
};
