import { z } from 'zod';
import { type Fields, looseFields, strictFields } from './fields.ts';

/** The most nodes of a plan. */
export const maxNodes = 500;

const flag = (description: string) => z.boolean().meta({ description });
const port = (description: string) => z.int().min(1).max(65_535).meta({ description });
const servedBy = (what: string) =>
  z.enum(['holdfast', 'rendered', 'external']).meta({
    description: `Who serves ${what}: Holdfast in one process, the rendered engine on the bastion, or somebody else`,
  });

/** The structure of plan.yaml as it is written; defaults that depend on other fields are filled in afterwards. */
function schemaOf({ text }: Fields) {
  const disk = text('notDisk', 'Device to install on, as `coreos.inst.install_dev` takes it', 'sda');
  const network = text('notInterface', 'Network interface', 'ens192');
  const kernelArguments = z
    .array(text('notKernelArgument', 'One kernel argument', 'console=ttyS0'))
    .max(32)
    .meta({ description: 'Further kernel arguments of the installed system, one in each item, in order' });

  const cluster = z
    .strictObject({
      name: text('notLabel', 'Name of the cluster, the first label of its zone', 'openshift4'),
      baseDomain: text('notDomain', 'The domain that the cluster’s zone lies in', 'example.com'),
      version: text('notVersion', 'Version of OpenShift, with its patch', '4.20.1'),
      architecture: z
        .enum(['x86_64', 'aarch64', 'ppc64le', 's390x'])
        .default('x86_64')
        .meta({ description: 'Architecture of all nodes' }),
      fips: flag('Only cryptography validated for FIPS 140; can be set at the installation alone').default(
        false,
      ),
      hyperthreading: flag('Whether nodes use simultaneous multithreading').default(true),
      mastersSchedulable: flag(
        'Whether masters take ordinary pods; by default where no node is a worker',
      ).optional(),
    })
    .meta({ description: 'The cluster itself' });

  const networks = z
    .strictObject({
      machine: text('notNetwork', 'The network that nodes and bastion stand in', '10.225.45.0/24'),
      gateway: text('notAddress', 'Default gateway of the nodes', '10.225.45.254'),
      pods: z
        .strictObject({
          cidr: text('notNetwork', 'Addresses of all pods', '10.128.0.0/14').default('10.128.0.0/14'),
          hostPrefix: z.int().min(1).max(32).default(23).meta({
            description: 'Length of the prefix of the part that each node takes; 23 gives 510 addresses',
          }),
        })
        .prefault({})
        .meta({ description: 'The network of pods (clusterNetwork)' }),
      services: text('notNetwork', 'Addresses of services (serviceNetwork)', '172.30.0.0/16').default(
        '172.30.0.0/16',
      ),
      type: z
        .enum(['OpenShiftSDN', 'OVNKubernetes'])
        .optional()
        .meta({ description: 'Network type; by default OpenShiftSDN up to 4.11, OVNKubernetes from 4.12' }),
      mtu: z
        .int()
        .min(1280)
        .max(65_535)
        .optional()
        .meta({ description: 'MTU of the pods’ network in bytes; by default the network finds it' }),
    })
    .meta({ description: 'Networks, all IPv4, and none may overlap another' });

  const bastion = z
    .strictObject({
      name: text('notLabel', 'Host name without a zone', 'bastion').default('bastion'),
      address: text('notAddress', 'Address that nodes reach it at', '10.225.45.250'),
      filesPort: port('Port of the file service').default(8080),
      statsPort: port('Port of the balancer’s page of measures').default(9000),
      serves: z
        .strictObject({
          dns: servedBy('DNS').default('holdfast'),
          balancer: servedBy('the balancer').default('holdfast'),
          files: servedBy('files for booting').default('holdfast'),
          registry: servedBy('the registry; by default Holdfast where it stands on the bastion').optional(),
        })
        .prefault({})
        .meta({ description: 'Who serves what' }),
    })
    .meta({ description: 'The machine that serves an installation' });

  const registry = z
    .strictObject({
      host: text(
        'notHost',
        'Full host name; by default `registry.` in the cluster’s zone',
        'registry.example.com',
      ).optional(),
      address: text('notAddress', 'Its address; by default the bastion’s', '10.225.45.226').optional(),
      port: port('Its port; by default 5000 on the bastion, 443 elsewhere').optional(),
      repository: text(
        'notRepository',
        'The repository that the release is mirrored to; by default `openshift/release`',
        'ocp4/openshift4',
      ).optional(),
    })
    .prefault({})
    .meta({ description: 'The registry that nodes pull from' });

  const nodeDefaults = z
    .strictObject({
      disk: disk.optional(),
      interface: network.optional(),
      kernelArguments: kernelArguments.optional(),
    })
    .prefault({})
    .meta({ description: 'What holds for every node that says nothing else' });

  const node = z.strictObject({
    name: text('notLabel', 'Host name without its zone', 'master1'),
    role: z.enum(['bootstrap', 'master', 'worker']).meta({ description: 'What it is' }),
    address: text('notAddress', 'Its static address', '10.225.45.251'),
    disk: disk.optional(),
    interface: network.optional(),
    becomes: text(
      'notLabel',
      'Bootstrap only: name of the worker that it is installed as afterwards',
      'worker1',
    ).optional(),
    kernelArguments: kernelArguments.optional(),
  });

  const balancer = z
    .strictObject({
      apiAddress: text(
        'notAddress',
        'Where API and machine-config traffic enters; by default the bastion',
        '10.225.45.250',
      ).optional(),
      ingressAddress: text(
        'notAddress',
        'Where 80 and 443 enter; by default the same',
        '10.225.45.250',
      ).optional(),
      ingressNodes: z
        .array(text('notLabel', 'Name of a node', 'worker1'))
        .max(maxNodes)
        .optional()
        .meta({
          description:
            'Nodes that take 80 and 443; by default the workers, or the masters where there are none',
        }),
    })
    .prefault({})
    .meta({ description: 'Where traffic enters the cluster' });

  const dns = z
    .strictObject({
      upstream: z
        .array(text('notAddress', 'Address of a DNS server', '192.0.2.53'))
        .max(8)
        .default([])
        .meta({ description: 'DNS servers that other names are asked of; none behind an air gap' }),
      ttlSeconds: z
        .int()
        .min(1)
        .max(86_400)
        .default(60)
        .meta({ description: 'How long answers may be kept, in seconds' }),
    })
    .prefault({})
    .meta({ description: 'Names' });

  const secrets = z
    .strictObject({
      pullSecret: text(
        'notPath',
        'File with the pull secret, JSON on one line or several; it must name the registry',
        'pull-secret.json',
      ),
      sshKey: text('notPath', 'File with the public SSH key of user `core`', 'id_ed25519.pub'),
      trustBundle: text(
        'notPath',
        'File with the certificates (PEM) that nodes must trust; without it, Holdfast’s own authority',
        'ca.pem',
      ).optional(),
    })
    .meta({ description: 'Files, relative to the plan; the plan itself holds no secret' });

  return z
    .strictObject({
      cluster,
      networks,
      bastion,
      registry,
      nodeDefaults,
      nodes: z
        .array(node)
        .min(1)
        .max(maxNodes)
        .meta({ description: 'All machines of the cluster; masters in the order of their etcd names' }),
      balancer,
      dns,
      timeServers: z
        .array(text('notTimeServer', 'Address or name of a time server', '10.225.45.250'))
        .max(16)
        .default([])
        .meta({ description: 'Time servers of the nodes; needed where they have no time from elsewhere' }),
      rhcos: z
        .strictObject({
          version: text('notVersion', 'Version of RHCOS; not newer than the cluster’s', '4.5.6'),
          image: text(
            'notUrlPath',
            'Path of the raw metal image below the file service',
            'rhcos.raw.gz',
          ).default('rhcos.raw.gz'),
          iso: text(
            'notPath',
            'Installer or live ISO on the bastion, relative to the plan',
            'rhcos-live.iso',
          ).optional(),
        })
        .meta({ description: 'The system of the nodes' }),
      secrets,
    })
    .meta({
      title: 'Plan of an OpenShift cluster',
      description: 'plan.yaml of Holdfast: every fact of an installation once',
    });
}

/** The schema that a plan must satisfy; its JSON Schema is docs/plan.schema.json. */
export const planSchema = schemaOf(strictFields);

/** The same without the formats of texts: for looking over a plan in which some of them are wrong. */
export const draftSchema = schemaOf(looseFields);

/** A plan as it is written, with the defaults that depend on nothing else. */
export type WrittenPlan = z.output<typeof planSchema>;
