import type { RoomErrorTexts } from '../../errors.ts';
import { planRules } from './plan-rules.ts';
import { planStructure } from './plan-structure.ts';

/** cluster/plan 的错误。 */
export const plan: RoomErrorTexts<'plan'> = {
  ...planStructure,
  ...planRules,
  'plan.unknownIngressNode': {
    message: '节点“{name}”要承接 80 和 443 端口，但计划中没有这个节点',
    hint: '请在“balancer.ingressNodes”中写计划里的节点，或写引导主机之后变成的工作节点',
  },
  'plan.noNameServer': {
    message: 'DNS 由他人提供，但计划没有写明地址',
    hint: '请在“dns.upstream”中写出域名服务器的地址',
  },
};
