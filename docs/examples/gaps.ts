import { binance } from 'rxchange/binance';

binance()
  .trades$('BTC-USDT', { gaps: true })
  .subscribe((event) => {
    if (event.kind === 'gap') console.log('missing, because of', event.cause.kind); // in its place
    if (event.kind === 'resumed') console.log('missing no more:', event.recovered);
    if (event.kind === 'data') console.log(event.value.tradeId, event.backfilled ? 'late' : 'live');
  });
