import { Observable, Subscription } from 'rxjs';
import type { RestAnswer } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import type { HttpResponse } from '../emulator/dialect.js';
import type { Http, HttpRequest } from '../net/http.js';
import type { RequestFault, Way } from './network-faults.js';

const brokenConnection = (): ConnectorError =>
  new ConnectorError('network', 'The request got no answer (ECONNRESET).', { outcome: 'unknown' });

/** The exchange's answer to a request, as it arrives. */
const ask = ({ dialect }: Way, { method, headers }: HttpRequest, url: URL): HttpResponse =>
  dialect.handle({
    method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: '',
  });

/** A request that left arrives, whether or not anybody waits for its answer still. */
export const virtualHttp =
  (way: Way, meet: (request: HttpRequest, url: URL) => RequestFault): Http =>
  (request) =>
    new Observable((client) => {
      const { later, latency } = way;
      const url = new URL(request.url);
      const { requestDelay = 0, answerDelay = 0, answer, rewrite } = meet(request, url);
      const answers = new Subscription();
      const reply = (result: RestAnswer | 'broken connection', ms: number): void => {
        answers.add(
          later(() => {
            if (result === 'broken connection') client.error(brokenConnection());
            else client.next(result);
            client.complete();
          }, ms),
        );
      };
      later(() => {
        const { delay = 0, lost, ...result } = ask(way, request, url);
        if (answer !== undefined || lost === 'timeout') return;
        const carried = rewrite?.(result) ?? result;
        const ms = latency() + answerDelay + delay;
        reply(lost === 'reset' ? 'broken connection' : carried, ms);
      }, latency() + requestDelay);
      if (answer !== undefined) reply(answer, latency() + latency() + answerDelay);
      return answers;
    });
