import type { caseToolStrings } from '../en/case-tools.ts';
import type { Translation } from '../message.ts';

export const caseToolChinese = {
  'tool.list': '此订单的更多操作',
  'tool.customer': '复制给顾客…',
  'tool.qr': '二维码…',
  'tool.export': '导出',
  'tool.exporting': '正在导出…',
  'tool.saved': '文件已保存。',
  'tool.offered': '文件在浏览器的下载中。',
  'tool.notExported': '未导出：{reason}',
  'qr.title': '支付 {reference}',
  'qr.label': '请钱包支付 {amount} 的二维码',
  'qr.ways': '付款方式',
  'qr.way': '{amount}，{chain}',
  'qr.link': '付款链接',
  'qr.anyway': '仍然显示二维码',
  'qr.coming': '款项已在途中，再付一次就会重复付款。',
  'qr.paid': '已全额到账，无需再付。',
  'qr.over': '此订单已不能付款，转到其地址的款项不属于任何订单。请新建订单。',
  'qr.unknown': '此处不知道该订单的链或地址。请在支付服务商的页面查看付款方法。',
  'qr.late': '付款时限已过。{time} 之前到达的款项仍有效，但订单会成为逾期，需要有人决定如何处理。',
  'qr.notCurrent': '画面非实时：此订单可能已经付款。',
  'qr.test': '测试订单：转入的真实资金会丢失。',
  'explorer.open': '在浏览器中打开 {explorer} 查看{what}',
} as const satisfies Translation<typeof caseToolStrings>;
