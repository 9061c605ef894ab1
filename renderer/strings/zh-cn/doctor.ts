import type { doctorStrings } from '../en/doctor.ts';
import type { Translation } from '../message.ts';

export const doctorChinese = {
  'doctor.title': '连接诊断',
  'doctor.intro': '逐步检查到网关的线路，并给出建议。它不改变任何设置，检查期间连接照常进行。',
  'doctor.run': '开始诊断',
  'doctor.runAgain': '重新诊断',
  'doctor.running': '正在检查…',
  'doctor.examining': '检查中',
  'doctor.steps': '诊断结果',
  'doctor.took': '{ms} 毫秒',
  'doctor.attempt': '建议：{text}',
  'doctor.left': '未再检查：{steps}',
  'doctor.cannot': '无法运行诊断：{message}',
  'doctor.at': '检查于 {time}',
  'doctor.result.ok': '本设备与网关之间一切正常。',
  'doctor.result.warning': '到网关的线路畅通，但有不理想之处。',
  'doctor.result.failed': '到网关的线路在此中断：{step}。',
  'doctor.mark.ok': '正常',
  'doctor.mark.warning': '警告',
  'doctor.mark.failed': '失败',
  'doctor.mark.skipped': '未检查',
} as const satisfies Translation<typeof doctorStrings>;
