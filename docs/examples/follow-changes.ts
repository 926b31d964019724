import { binance } from 'rxchange/binance';

const bids = new Map<number, number>();
let seen = 0;

binance()
  .orderBook$('BTC-USDT')
  .subscribe((book) => {
    const changes = book.changesSince(seen);
    if (changes === undefined) bids.clear(); // more than one message since, or a whole new book
    for (const [price, amount] of (changes ?? book.snapshot()).bids)
      if (amount === 0) bids.delete(price);
      else bids.set(price, amount);
    seen = book.updateId;
    console.log(bids.size === book.depthOf('bids') ? 'the same' : 'another book');
  });
