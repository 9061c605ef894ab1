/** What a customer may be told, in words that need no knowledge of chains. */
export const customerStrings = {
  'customer.title': 'What {reference}’s customer may know',
  'customer.explain': 'Plain text to paste into an e-mail or a chat. Notes and decisions of the store are not in it.',
  'customer.text': 'Text for the customer',
  'customer.copy': 'Copy the text',
  'customer.notCopied': 'It could not be copied. Select the text and copy it yourself.',
  'customer.order': 'Order {reference}',
  'customer.price': 'Price: {amount}',
  'customer.received': 'Received so far: {amount}',
  'customer.transaction': 'Transaction {hash}: {state}',
  'customer.asOf': 'As of {time}.',
  'customer.test': 'This was a test order: no real money was moved.',
  'customer.pay': 'We have not seen a payment yet. Please pay {amount} before {until}.',
  'customer.payRest': 'A part of the money has arrived. Please send the missing {amount} before {until}.',
  'customer.payTo': 'Pay to this address: {address}',
  'customer.detected': 'We have seen your payment. The network has not confirmed it yet.',
  'customer.confirming':
    'We have seen your payment. The network has confirmed it {confirmations} of {required} times so far.',
  'customer.nothingToDo': 'You need not do anything more. Please do not pay again.',
  'customer.checking': 'We are checking it and will get back to you. Please do not pay again.',
  'customer.paid': 'Your payment is complete. Thank you.',
  'customer.paidOver':
    'Your payment is complete, and {extra} more than was due has arrived. We will get back to you about the difference.',
  'customer.paidLate':
    'Your payment has arrived, after the time to pay had run out. We are checking whether the price still holds and will get back to you. Please do not pay again.',
  'customer.paidChecking':
    'Your payment has arrived. We are checking it and will get back to you. Please do not pay again.',
  'customer.expired':
    'The time to pay ran out and no payment arrived. Please send no money to the address of this order; a new order is needed.',
  'customer.expiredGrace':
    'The time to pay ran out and no payment arrived. If you have paid already, please send us the transaction hash from your wallet. If not, please do not pay any more; a new order is needed.',
  'customer.expiredMoney':
    'The time to pay ran out before the whole amount arrived. We are checking what came and will get back to you. Please send no more money to the address of this order.',
  'customer.ended': 'This order has ended. Please send no money to its address; a new order is needed.',
  'customer.endedMoney':
    'This order has ended, and money has arrived for it. We will get back to you about it. Please send no more to its address.',
  'customer.refund.requested': 'A refund of {amount} is on its way to you.',
  'customer.refund.completed': 'A refund of {amount} has been sent to you.',
  'customer.reverted':
    'Your transaction failed on the network, so nothing was paid. Your wallet shows the same. Please ask us before you send it again.',
  'customer.cancelledBySender':
    'Your wallet put another transaction in the place of the payment, and that one does not pay this order. Please look into your wallet, and ask us before you pay again.',
  'customer.dropped':
    'The network no longer knows your transaction. Please look into your wallet: if it says that the transaction was cancelled or dropped, ask us before you pay again.',
  'customer.notBroadcast':
    'The network does not know the transaction you named. Please look into your wallet whether it was really sent.',
  'customer.notPaidHere':
    'In the transaction you named we see no payment to this order. Please compare the address that your wallet shows for it with the one of this order, and ask us before you pay again.',
  'customer.nonceGap':
    'Your transaction waits for an earlier one from the same wallet. Please look for a pending transaction there, and speed it up or wait for it.',
  'customer.feeTooLow':
    'Your transaction offers a lower fee than the network asks now. It may take long. Most wallets can speed it up; please do not pay a second time.',
  'customer.wrongMoney':
    'Money has arrived that is not what this order asks for: another coin, or on another network. We are checking it and will get back to you. Please send no more.',
  'customer.reorged':
    'The network took back the block with your payment. It usually takes the payment up again by itself. Please do not pay again; we will get back to you.',
} as const;
