import { binance } from 'rxchange/binance';
import { sampleTime } from 'rxjs';

binance()
  .orderBook$('BTC-USDT')
  .pipe(sampleTime(1_000)) // the book is the same object each time: we look at it as it is now
  .subscribe((book) => {
    const { bestBid, bestAsk, midPrice, microPrice, spread } = book;
    console.log('best', bestBid.price, bestAsk.price, 'spread', spread.toFixed(2));
    console.log('middle', midPrice.toFixed(2), 'weighted', microPrice.toFixed(2));
    console.log('1 BTC costs', book.vwapFor('asks', 1).toFixed(2), 'each');
    console.log('of the best 5', book.imbalance(5) > 0 ? 'more is bid' : 'more is asked');
    console.log(
      'levels',
      book
        .levels('bids', 3)
        .map(({ price }) => price)
        .join(' '),
    );
  });
