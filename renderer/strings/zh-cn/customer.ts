import type { customerStrings } from '../en/customer.ts';
import type { Translation } from '../message.ts';

/** 称顾客为“您”：这些文字由商家发给顾客。 */
export const customerChinese = {
  'customer.title': '可告知 {reference} 顾客的内容',
  'customer.explain': '可粘贴到邮件或聊天中的纯文本，不含门店的备注和决定。',
  'customer.text': '给顾客的文字',
  'customer.copy': '复制文字',
  'customer.notCopied': '无法复制。请自行选中文字后复制。',
  'customer.order': '订单 {reference}',
  'customer.price': '价格：{amount}',
  'customer.received': '目前已收到：{amount}',
  'customer.transaction': '交易 {hash}：{state}',
  'customer.asOf': '截至 {time}。',
  'customer.test': '这是测试订单，不涉及真实资金。',
  'customer.pay': '我们还没有看到您的付款。请在 {until} 之前支付 {amount}。',
  'customer.payRest': '部分款项已到账。请在 {until} 之前补足 {amount}。',
  'customer.payTo': '请付款到此地址：{address}',
  'customer.detected': '我们已看到您的付款，网络尚未确认。',
  'customer.confirming': '我们已看到您的付款，网络目前已确认 {confirmations}/{required} 次。',
  'customer.nothingToDo': '您无需再做任何操作，请不要再次付款。',
  'customer.checking': '我们正在核实，稍后与您联系。请不要再次付款。',
  'customer.paid': '您的付款已完成，谢谢。',
  'customer.paidOver': '您的付款已完成，并多付了 {extra}。我们会就差额与您联系。',
  'customer.paidLate':
    '您的付款已到账，但已超过付款时限。我们正在确认原价格是否仍然有效，稍后与您联系。请不要再次付款。',
  'customer.paidChecking': '您的付款已到账。我们正在核实，稍后与您联系。请不要再次付款。',
  'customer.expired': '付款时限已过，我们没有收到付款。请不要再向此订单的地址转账，需要新建订单。',
  'customer.expiredGrace':
    '付款时限已过，我们没有收到付款。如果您已付款，请把钱包中的交易哈希发给我们。如果没有，请不要再付款，需要新建订单。',
  'customer.expiredMoney':
    '付款时限已过，款项未全额到账。我们正在核实已到的款项，稍后与您联系。请不要再向此订单的地址转账。',
  'customer.ended': '此订单已结束。请不要再向其地址转账，需要新建订单。',
  'customer.endedMoney': '此订单已结束，但收到了款项。我们会就此与您联系。请不要再向其地址转账。',
  'customer.refund.requested': '{amount} 的退款正在退还给您。',
  'customer.refund.completed': '{amount} 的退款已退还给您。',
  'customer.reverted': '您的交易在网络上失败，没有付款，您的钱包中也会如此显示。重新发送之前请先与我们联系。',
  'customer.cancelledBySender':
    '您的钱包用另一笔交易替换了这笔付款，而那笔交易没有支付此订单。请查看您的钱包，再次付款之前请先与我们联系。',
  'customer.dropped':
    '网络中已找不到您的交易。请查看您的钱包：如果显示交易已取消或已丢弃，再次付款之前请先与我们联系。',
  'customer.notBroadcast': '网络中找不到您提供的交易。请在钱包中查看它是否真的已发送。',
  'customer.notPaidHere':
    '在您提供的交易中，我们没有看到付给此订单的款项。请将钱包中显示的收款地址与此订单的地址比对，再次付款之前请先与我们联系。',
  'customer.nonceGap': '您的交易在等待同一钱包中较早的一笔交易。请在钱包中找到待处理的交易，将其加速或等待其完成。',
  'customer.feeTooLow': '您的交易手续费低于网络目前的要求，可能需要较长时间。多数钱包可以加速；请不要再付一次。',
  'customer.wrongMoney':
    '收到的款项与此订单的要求不符：币种不同，或在另一个网络上。我们正在核实，稍后与您联系。请不要再转账。',
  'customer.reorged': '网络撤回了包含您付款的区块，通常会自动重新收录。请不要再次付款，我们会与您联系。',
} as const satisfies Translation<typeof customerStrings>;
