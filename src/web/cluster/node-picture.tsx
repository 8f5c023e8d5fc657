import type { Cluster } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { NodeCard } from './node-card.tsx';

const roles = ['bootstrap', 'master', 'worker'] as const;

/** Bootstrap and three masters stand beside one another, the workers below them. */
const spans = { bootstrap: 'xl:col-span-1', master: 'xl:col-span-3', worker: 'xl:col-span-4' } as const;

/** The machines of a cluster by what they are in it. */
export function NodePicture({ cluster }: { cluster: Cluster }) {
  const t = useTexts().cluster;
  const { nodes, bastion } = cluster;
  if (nodes.length === 0) return null;
  const hasBootstrap = nodes.some(({ role }) => role === 'bootstrap');
  return (
    <section>
      <h2 className="sr-only">{t.nodes}</h2>
      <div className="grid gap-x-3 gap-y-5 xl:grid-cols-4">
        {roles.map((role) => {
          const some = nodes.filter((node) => node.role === role);
          if (some.length === 0)
            return role === 'worker' ? (
              <p key={role} className="text-sm text-ink-3 xl:col-span-4">
                {t.noWorkers}
              </p>
            ) : null;
          return (
            <section key={role} className={spans[role === 'master' && !hasBootstrap ? 'worker' : role]}>
              <h3 className="mb-2 flex items-baseline gap-2 text-sm font-semibold">
                {t.roles[role]}
                <span className="tnum text-xs font-normal text-ink-3">{some.length}</span>
              </h3>
              <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-[repeat(auto-fill,minmax(13.5rem,1fr))]">
                {some.map((node) => (
                  <NodeCard key={node.name} node={node} bastion={bastion} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </section>
  );
}
