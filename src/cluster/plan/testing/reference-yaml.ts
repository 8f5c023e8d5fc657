/** The reference scenario as a person writes it: what is derived is left out. */
export const referenceYaml = `cluster:
  name: openshift4
  baseDomain: example.com
  version: 4.5.9
networks:
  machine: 10.225.45.0/24
  gateway: 10.225.45.254
  services: 172.30.0.0/16
bastion:
  address: 10.225.45.250
registry:
  host: registry.openshift4.example.com
  address: 10.225.45.226
  repository: ocp4/openshift4
nodeDefaults:
  disk: sda
  interface: ens192
nodes:
  - { name: bootstrap, role: bootstrap, address: 10.225.45.223, becomes: worker1 }
  - { name: master1, role: master, address: 10.225.45.251 }
  - { name: master2, role: master, address: 10.225.45.252 }
  - { name: master3, role: master, address: 10.225.45.222 }
dns:
  upstream: [114.114.114.114]
rhcos:
  version: 4.5.6
secrets:
  pullSecret: pull-secret.json
  sshKey: id_rsa.pub
  trustBundle: ssl.cert
`;
