import { httpFrom, type Http } from './http.js';
import type { WebSocketConstructor } from './socket.js';

/** How a browser reaches a server: by its own `fetch`, as it is when it is asked. */
export const platformHttp = (): Http => httpFrom((url, init) => globalThis.fetch(url, init));

/** The WebSocket of the browser. */
export const platformWebSocket = (): WebSocketConstructor => globalThis.WebSocket;
