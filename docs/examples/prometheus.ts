import client from 'prom-client';
import { binance } from 'rxchange/binance';
import { prometheusMetrics } from 'rxchange/prometheus';
import { merge } from 'rxjs';

const exchange = binance();
const observe = prometheusMetrics(client); // registers the metrics, once for all connectors

merge(exchange.connect(), exchange.trades$('BTC-USDT'), observe(exchange)).subscribe();

setInterval(() => void client.register.metrics().then(console.log), 10_000); // or answer GET /metrics
