import { defer, finalize, tap, type SchedulerLike } from 'rxjs';
import type { Connect } from '../net/connect.js';
import type { Http } from '../net/http.js';
import type { Meter } from './meter.js';
import type { SocketMetric } from './metric.js';

/** The path of a URL: neither its parameters, which hold a signature, nor where the exchange is. */
const pathOf = (url: string): string => new URL(url).pathname;

/** Requests of which a meter is told how long they took, where anybody listens. */
export const meteredHttp =
  (http: Http, meter: Pick<Meter, 'event' | 'takesEvents'>, scheduler: SchedulerLike): Http =>
  (request) => {
    if (!meter.takesEvents()) return http(request);
    return defer(() => {
      const sentAt = scheduler.now();
      let status: number | undefined;
      return http(request).pipe(
        tap((answer) => (status = answer.status)),
        finalize(() => {
          const { method, url } = request;
          const ms = scheduler.now() - sentAt;
          meter.event({ kind: 'request', method, path: pathOf(url), status, ms });
        }),
      );
    });
  };

/** Sockets of which a meter is told how they come and go. */
export const meteredConnect =
  (connect: Connect, stream: SocketMetric['stream'], meter: Pick<Meter, 'event'>): Connect =>
  (url, terms) =>
    defer(() => {
      let isOpen = false;
      const tell = (event: SocketMetric['event']): void =>
        meter.event({ kind: 'socket', stream, event });
      return connect(url, terms).pipe(
        tap({
          next: () => {
            isOpen = true;
            tell('opened');
          },
          error: () => tell(isOpen ? 'lost' : 'failed'),
          unsubscribe: () => {
            if (isOpen) tell('closed');
          },
        }),
      );
    });
