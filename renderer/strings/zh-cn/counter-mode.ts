import type { counterModeStrings } from '../en/counter-mode.ts';
import type { Translation } from '../message.ts';

export const counterModeChinese = {
  'counterMode.enter': '柜台大屏',
  'counterMode.title': '柜台订单',
  'counterMode.leave': '退出',
  'counterMode.key': 'Esc',
  'counterMode.none': '目前没有等待付款的顾客。',
  'counterMode.unknown': '还没有任何数据：尚未连上网关。',
  'counterMode.beyond': { other: '另有 {count} 个订单未显示' },
  'counterMode.newMoney': '新款项',
  'counterMode.release': '可以交付',
  'counterMode.wasRelease': '请勿据此交付',
  'counterMode.wait': '等待',
  'counterMode.hold': '暂扣：查看案件',
  'counterMode.test': '测试，不是真实款项',
  'counterMode.released': '已交付',
  'counterMode.nothing': '没有可交付的商品',
} as const satisfies Translation<typeof counterModeStrings>;
