/** The part of prom-client, which is not among the packages, that a program of the docs uses. */
declare module 'prom-client' {
  import type { PrometheusClient } from 'rxchange/prometheus';

  interface Client extends PrometheusClient {
    readonly register: { metrics(): Promise<string> };
  }
  const client: Client;
  export default client;
}
