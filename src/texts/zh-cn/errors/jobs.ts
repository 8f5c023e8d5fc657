import type { RoomErrorTexts } from '../../errors.ts';

/** 任务队列错误的简体中文文本。 */
export const jobs: RoomErrorTexts<'jobs'> = {
  'jobs.notFound': { message: '任务“{job}”不存在', hint: '请列出现有任务；已完成的任务过一段时间会被清除' },
  'jobs.notEnded': {
    message: '任务“{job}”不能重试：其状态为 {state}',
    hint: '只有失败或已取消的任务可以重试',
  },
  'jobs.lost': {
    message: '任务“{job}”已被放弃：运行它的程序在其完成前退出了 {attempts} 次',
    hint: '请在日志中查看程序退出的原因（内存不足、被终止），然后重试该任务',
  },
  'jobs.handlerFailed': {
    message: '任务“{job}”失败：{detail}',
    hint: '服务器日志中有完整的错误；请重试该任务',
  },
  'jobs.cancelled': { message: '任务“{job}”已取消' },
  'jobs.leaseLost': { message: '任务“{job}”已由另一个程序接管' },
  'jobs.stopped': { message: '程序正在停止，任务“{job}”已放回队列' },
};
