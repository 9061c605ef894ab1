import type { replayStrings } from '../en/replay.ts';
import type { Translation } from '../message.ts';

export const replayChinese = {
  'replay.title': '回放',
  'replay.open': '回放',
  'replay.loading': '仍在读取历史',
  'replay.incomplete': '此处未保存更早的事件，无法还原过去',
  'replay.isNow': '现在',
  'replay.was': '过去：{time} 时的样子',
  'replay.newer': '此后又有 {count} 个事件',
  'replay.now': '现在',
  'replay.step': '{time} · {what}',
  'replay.hint': '向左拖动，查看此订单之前的样子。',
  'replay.back': '回到现在',
  'replay.close': '结束回放',
  'replay.earlier': '上一个事件',
  'replay.later': '下一个事件',
  'replay.slider': '时刻',
  'replay.here': '回到这一刻',
  'replay.say.release': '{time} 时可以交付商品。',
  'replay.say.released': '{time} 时商品已交付。',
  'replay.say.wait': '{time} 时应当等待。',
  'replay.say.hold': '{time} 时应保留商品。',
  'replay.say.test': '测试订单：不涉及真实资金。',
  'replay.say.none': '{time} 时没有需要交付的商品。',
} as const satisfies Translation<typeof replayStrings>;
