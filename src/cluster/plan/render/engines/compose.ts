import type { Plan } from '../../model.ts';
import { yamlText } from '../formats/data.ts';
import { type EngineService, enginesOf } from './services.ts';

/**
 * compose.yaml with all engines. Those of services that the plan wants rendered start by themselves; the others stand in a
 * profile of their service's name, so that each can be put in the place of Holdfast's own without rendering again.
 */
export function composeText(plan: Plan): string {
  const services = enginesOf(plan).map((engine) => [engine.name, serviceOf(plan, engine)]);
  return yamlText({ services: Object.fromEntries(services) }, [
    'docker compose up -d            starts what the plan wants rendered',
    'docker compose --profile dns up -d   starts the engines of dns, balancer, files or registry besides',
  ]);
}

function serviceOf(plan: Plan, engine: EngineService): object {
  const isRendered = plan.bastion.serves[engine.of] === 'rendered';
  return {
    image: engine.image,
    ...(!isRendered && { profiles: [engine.of] }),
    restart: 'unless-stopped',
    network_mode: 'host',
    user: '0',
    cap_drop: ['ALL'],
    ...(engine.capabilities.length > 0 && { cap_add: engine.capabilities }),
    security_opt: ['no-new-privileges:true'],
    ...(engine.command.length > 0 && { command: engine.command.map(literal) }),
    ...(Object.keys(engine.environment).length > 0 && {
      environment: Object.fromEntries(
        Object.entries(engine.environment).map(([name, value]) => [name, literal(value)]),
      ),
    }),
    volumes: engine.volumes.map(
      ({ source, target, readOnly }) => `./${source}:${target}${readOnly ? ':ro' : ''}`,
    ),
    ...(engine.after.length > 0 && { depends_on: engine.after }),
    logging: { driver: 'json-file', options: { 'max-file': '3', 'max-size': '100m' } },
  };
}

/** Compose would expand a dollar. */
const literal = (value: string): string => value.replaceAll('$', '$$$$');
