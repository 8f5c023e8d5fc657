import type { cluster as en } from '../en/cluster.ts';
import type { Translated } from '../translated.ts';

/** `holdfast cluster` 的简体中文文本。 */
export const cluster: Translated<typeof en> = {
  about: '由一份计划文件搭建离线安装 OpenShift 的堡垒机',
  plan: '计划，YAML 文件（见 docs/plan.md）',
  check: {
    about: '一次报告计划的全部问题，附位置和改法',
    error: '错误',
    warning: '警告',
    contradicts: (place, path) => `与 ${place} 处的 ${path} 矛盾`,
    source: (page) => `出处：${page}`,
    good: (cluster, version, nodes) => `没有问题：${cluster}，OpenShift ${version}，${nodes} 个节点`,
    count: (errors, warnings) => `${errors} 处错误，${warnings} 处警告`,
  },
  render: {
    about: '写出安装所需的全部文件，无需再改动',
    to: '文件写入的目录；其中的其他文件保持不变',
    force: '渲染之后被手工改动过的文件也一并替换',
    secret: '机密',
    same: '未变',
    changed: '已更新',
    removed: '已删除，计划中不再有',
    done: (files, folder) => `${files} 个文件已写入 ${folder}；请从 RUNBOOK.zh-CN.md 开始`,
  },
};
