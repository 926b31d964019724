import { fetch as crossFetch } from 'cross-fetch';
import { httpFrom, type Http } from './http.js';
import type { WebSocketConstructor } from './socket.js';

/** How a browser reaches a server: by its own `fetch`, where it has one. */
export const platformHttp = (): Http => httpFrom((url, init) => crossFetch(url, init));

/** The WebSocket of the browser. */
export const platformWebSocket = (): WebSocketConstructor => globalThis.WebSocket;
