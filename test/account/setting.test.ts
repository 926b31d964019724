import { applySetting, unknownSetting, type SettingEvent } from '../../src/account/setting.js';

const rest = (value: number, requestedAt: number): SettingEvent<number> => ({
  type: 'rest',
  value,
  requestedAt,
});
const set = (value: number, answeredAt: number): SettingEvent<number> => ({
  type: 'set',
  value,
  answeredAt,
});
const stream = (value: number, time: number, receivedAt: number): SettingEvent<number> => ({
  type: 'stream',
  value,
  time,
  receivedAt,
});

describe('a setting', () => {
  it.each<[what: string, events: readonly SettingEvent<number>[], value: number | undefined]>([
    ['nothing', [], undefined],
    ['what REST says', [rest(5, 1)], 5],
    ['what REST says last', [rest(5, 1), rest(6, 2)], 6],
    ['what the stream says', [rest(5, 1), stream(6, 90, 2)], 6],
    ['not what the stream said before', [stream(6, 90, 2), stream(5, 80, 3)], 6],
    ['the later of two that bear one time', [stream(6, 90, 2), stream(5, 90, 3)], 5],
    ['not what REST was asked for before the stream told', [stream(6, 90, 2), rest(5, 2)], 6],
    ['what REST was asked for after the stream told', [stream(6, 90, 2), rest(5, 3)], 5],
    ['what was set', [rest(5, 1), set(7, 2)], 7],
    ['not what REST was asked for before it was set', [set(7, 2), rest(5, 1)], 7],
    ['what the stream says after it was set', [set(7, 2), stream(8, 90, 3)], 8],
  ])('is %s', (_, events, value) => {
    const state = events.reduce(applySetting<number>, unknownSetting);
    expect(state.value).toBe(value);
  });
});
