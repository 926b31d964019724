import { stringify } from '../../../src/emulator/binance/time-unit.js';
import { createBench, LIMIT, START } from '../support.js';

const MICROS = START * 1000;

describe('times in microseconds', () => {
  it.each(['MICROSECOND', 'microsecond'])('are told by REST for the header %s', (unit) => {
    const { request } = createBench();
    const headers = { 'x-mbx-time-unit': unit };
    const { json } = request({ method: 'GET', path: '/api/v3/time', headers });
    expect(json).toEqual({ serverTime: MICROS });
  });

  it('are not told for other headers', () => {
    const { request } = createBench();
    const time = (headers: Record<string, string>) =>
      request({ method: 'GET', path: '/api/v3/time', headers }).json;
    expect(time({ 'x-mbx-time-unit': 'MILLISECOND' })).toEqual({ serverTime: START });
    expect(time({ 'x-mbx-time-unit': 'SECOND' })).toEqual({
      code: -1194,
      msg: 'Invalid value for time unit; expected either MICROSECOND or MILLISECOND.',
    });
  });

  it('are told on the WebSocket API for a parameter of its URL', () => {
    const { connect, wsParams } = createBench();
    const peer = connect('/ws-api/v3', 'timeUnit=MICROSECOND');
    const subscribe = 'userDataStream.subscribe.signature';
    peer.send({ id: 1, method: subscribe, params: wsParams() });
    peer.send({ id: 2, method: 'order.place', params: wsParams(LIMIT) });
    const [, report, position, placed] = peer.take();
    expect(placed).toMatchObject({ result: { transactTime: MICROS, workingTime: MICROS } });
    const times = { E: MICROS, T: MICROS, O: MICROS, W: MICROS };
    expect(report).toMatchObject({ event: { ...times, i: 1, I: 1 } });
    expect(position).toMatchObject({ event: { E: MICROS, u: MICROS } });
  });

  it('are told on market streams for a parameter of their URL', () => {
    const { connect, control, advance } = createBench();
    const peer = connect('/ws/btcusdt@trade', 'timeUnit=microsecond');
    const depth = connect('/stream', 'streams=btcusdt@depth@100ms&timeUnit=MICROSECOND');
    const trader = control.trader();
    trader.limit('sell', 100, 1);
    trader.market('buy', 1);
    advance(100);
    expect(peer.take()).toMatchObject([{ e: 'trade', E: MICROS, T: MICROS, t: 1 }]);
    expect(depth.take()).toMatchObject([{ data: { E: MICROS + 100_000, U: 1, u: 2 } }]);
  });

  it('are not told of anything else: the connection ends', () => {
    const { connect } = createBench();
    for (const path of ['/ws', '/ws-api/v3']) {
      expect(connect(path, 'timeUnit=NANOSECOND').closes).toMatchObject([{ code: 1008 }]);
    }
  });

  it('leave all other numbers alone', () => {
    const text = stringify(
      { id: 5, u: 7, updateId: 8, E: 1, list: [[1, '2', '3', '4', '5', '6', 2, '8', 9]] },
      'us',
    );
    expect(JSON.parse(text)).toEqual({
      id: 5,
      u: 7,
      updateId: 8,
      E: 1000,
      list: [[1000, '2', '3', '4', '5', '6', 2000, '8', 9]],
    });
  });
});
