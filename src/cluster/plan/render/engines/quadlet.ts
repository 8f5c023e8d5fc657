import type { Plan } from '../../model.ts';
import { type Fragment, fileText } from '../formats/format.ts';
import { unit } from '../formats/formats.ts';
import { type EngineService, enginesOf, installedAt } from './services.ts';

/** A quadlet for Podman (podman-systemd.unit(5)) of each engine, by the name of its file. */
export function quadletTexts(plan: Plan): ReadonlyMap<string, string> {
  return new Map(
    enginesOf(plan).map((engine) => [`holdfast-${engine.name}.container`, quadletOf(plan, engine)]),
  );
}

function quadletOf(plan: Plan, engine: EngineService): string {
  const folder = installedAt(plan);
  const { command, volumes, environment, capabilities, after } = engine;
  const each = <T>(list: readonly T[], line: (it: T) => Fragment<'a systemd unit'>) => list.map(line);
  // Words with "=" go into a line one by one, since the unit's own writing knows no such word.
  const option = (text: string) =>
    text.includes('=')
      ? unit`${text.slice(0, text.indexOf('='))}=${text.slice(text.indexOf('=') + 1)}`
      : unit.word(text);
  const exec = command.map((word) => option(word).text).join(' ');
  return fileText(unit`
    [Unit]
    Description=${engine.name} of the bastion
    Wants=network-online.target
    After=network-online.target
    ${each(after, (name) => unit`Requires=holdfast-${name}.service`)}
    ${each(after, (name) => unit`After=holdfast-${name}.service`)}

    [Container]
    Image=${engine.image}
    ContainerName=holdfast-${engine.name}
    Network=host
    User=0
    DropCapability=all
    ${each(capabilities, (name) => unit`AddCapability=CAP_${name}`)}
    NoNewPrivileges=true
    ${each(volumes, (it) => unit`Volume=${folder}/${it.source}:${it.target}:${it.readOnly ? unit`ro,` : unit``}Z`)}
    ${each(Object.entries(environment), ([name, value]) => unit`Environment=${name}=${value}`)}
    ${command.length === 0 ? [] : [{ format: 'a systemd unit', text: `Exec=${exec}` } as const]}

    [Service]
    Restart=always

    [Install]
    WantedBy=multi-user.target
  `);
}
