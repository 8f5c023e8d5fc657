/** A plan of OpenShift 4.20 with workers, bastion and registry on one machine, behind an air gap. */
export const currentYaml = `cluster:
  name: prod
  baseDomain: example.com
  version: 4.20.4
networks:
  machine: 192.0.2.0/24
  gateway: 192.0.2.1
bastion:
  address: 192.0.2.10
nodeDefaults:
  disk: nvme0n1
  interface: eno1
nodes:
  - { name: bootstrap, role: bootstrap, address: 192.0.2.20 }
  - { name: master1, role: master, address: 192.0.2.21 }
  - { name: master2, role: master, address: 192.0.2.22 }
  - { name: master3, role: master, address: 192.0.2.23 }
  - { name: worker1, role: worker, address: 192.0.2.31 }
  - { name: worker2, role: worker, address: 192.0.2.32 }
timeServers: [192.0.2.10]
rhcos:
  version: 4.20.0
secrets:
  pullSecret: pull-secret.json
  sshKey: id_ed25519.pub
`;

/** A single node of 4.16. */
export const singleYaml = currentYaml
  .replace('4.20.4', '4.16.20')
  .replace('4.20.0', '4.16.3')
  .replace(/ {2}- .*(?:bootstrap|master[23]|worker).*\n/g, '');
