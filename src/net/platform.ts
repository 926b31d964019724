import { WebSocket } from 'ws';
import type { Http } from './http.js';
import { nodeHttp } from './node-http.js';
import type { WebSocketConstructor } from './socket.js';

/** How node reaches a server; a bundler for browsers puts `platform.browser.ts` in this file's place. */
export const platformHttp: () => Http = nodeHttp;

/** A socket that takes at most 500 ms to say goodbye: a program must be able to exit. */
class PromptWebSocket extends WebSocket {
  constructor(url: string) {
    // `closeTimeout` is an option of ws that its types do not know.
    const options = { perMessageDeflate: false, closeTimeout: 500 };
    super(url, options);
  }
}

/** The WebSocket of node. */
export const platformWebSocket = (): WebSocketConstructor => PromptWebSocket;
