import type { tourStrings } from '../en/tour.ts';
import type { Translation } from '../message.ts';

export const tourChinese = {
  'tour.label': '一分钟导览',
  'tour.about': '六条简短说明，介绍画面上的内容。期间不会遮挡任何东西。',
  'tour.start': '开始导览',
  'tour.at': '{step}/{count}：',
  'tour.next': '下一步',
  'tour.back': '上一步',
  'tour.skip': '跳过导览',
  'tour.done': '完成',
  'tour.queue.title': '订单，最紧急的在前',
  'tour.queue.text': '每一行是一个订单。左侧的圆环按网关时钟倒计时，随后显示付款进展。',
  'tour.verdict.title': '可以交付商品吗？',
  'tour.verdict.text':
    '放行：可以交付。等待：先不要。暂扣：有人查看之前请保留商品。每种判定都有文字和形状，不只靠颜色。',
  'tour.status.title': '画面可信吗？',
  'tour.status.text': '实时：你看到的是最新情况。否则横幅会说明从何时起非实时，判定失去颜色，此时不应交付任何商品。',
  'tour.case.title': '这一笔为什么卡住了？',
  'tour.case.text': '用方向键选中订单后按 Enter，或直接点击：可看到诊断、下一步和全部经过。按 Esc 关闭。',
  'tour.find.title': '“对方付款了吗？”',
  'tour.find.text': '按 {search} 搜索，或按 {finder} 打开查找，输入订单号、金额、地址、哈希、邮箱或时间。',
  'tour.more.title': '其他',
  'tour.more.text': '“健康”检查连接和来源。“设置”中有语言、声音、免打扰时段和快捷键，也可以再看一遍导览。',
  'refused.revoked.title': '本终端已被撤销',
  'refused.revoked.text': '{host} 的管理者撤销了本终端的访问权限。如果不是误操作，这里无需再做什么。',
  'refused.unauthorized.title': '请重新登录',
  'refused.unauthorized.text': '{host} 已不认得本终端，例如网关的数据丢失，或从旧备份恢复之后。',
  'refused.meanwhile': '下面显示的是以前的情况。要继续查看，请向网关管理者索取新的配对链接或配对码。',
  'refused.signIn': '用新的配对码连接…',
} as const satisfies Translation<typeof tourStrings>;
