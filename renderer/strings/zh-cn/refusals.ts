import type { refusalStrings } from '../en/refusals.ts';
import type { Translation } from '../message.ts';

export const refusalChinese = {
  'refusal.onlySupport': '{name} 正在处理此工单；只有客服可以将其转出。',
  'refusal.onCase': '{name} 已在处理此工单。',
  'refusal.handedOver': '此订单的商品已经交付。',
  'refusal.testVerdict': '这是测试订单：判定保持为“测试”。',
  'refusal.testMoney': '这是测试订单：真实款项不能归入。',
  'refusal.moneyTaken': '这笔款项已归入订单 {order}。',
  'refusal.moneyGone': '这笔款项已消失：链已将它撤回。',
  'refusal.moneyHeld': '此订单已包含这笔付款。',
  'refusal.namedMost': '一个订单最多可登记 {count} 笔交易。',
  'refusal.role': '“{command}”需要{role}角色；本终端是{own}。',
  'refusal.otherStore': '本终端不属于该门店。',
  'refusal.unknownOrder': '该门店没有此订单。',
  'refusal.unknownPayment': '该门店没有这笔未匹配款项。',
  'refusal.unknownCommand': '此网关不认识命令“{command}”。',
  'refusal.idReused': '此编号已属于另一条命令；每条命令须有自己的编号。',
  'refusal.noReason': '网关没有说明原因。',
} as const satisfies Translation<typeof refusalStrings>;
