import { defineErrors } from '../kernel/index.ts';

export const httpErrors = defineErrors('http', {
  noRoute: {
    kind: 'notFound',
    message: 'Nothing answers at "{path}"',
    hint: 'All paths are listed in /api/openapi.json',
  },
  method: {
    kind: 'unsupported',
    message: 'Path "{path}" does not take the method {method}',
    hint: 'All paths and methods are listed in /api/openapi.json',
  },
  input: {
    kind: 'invalid',
    message: 'The request has fields that are not understood',
    hint: 'Correct the fields named in "errors"',
  },
  notJson: {
    kind: 'invalid',
    message: 'The body of the request is not JSON',
    hint: 'Send one JSON value in UTF-8',
  },
  mediaType: {
    kind: 'unsupported',
    message: 'Content type "{mediaType}" is not taken here',
    hint: 'Send JSON with the header "Content-Type: application/json"',
  },
  tooLarge: {
    kind: 'invalid',
    message: 'The body of the request is larger than {limitBytes} bytes',
    hint: 'Send it in several smaller requests',
  },
  host: {
    kind: 'denied',
    message: 'Host "{host}" is not a name of this server',
    hint: 'Open it by its address, or set the public origin in its configuration to the name that you use',
  },
  crossSite: {
    kind: 'denied',
    message: 'A request from another site ("{origin}") is refused',
    hint: 'Open the web interface by the same address that the request goes to',
  },
  csrf: {
    kind: 'denied',
    message: 'The header "x-holdfast-csrf" does not belong to this session',
    hint: 'Read the value from GET /api/session and send it with each change; reload the page if this goes on',
  },
  notInTrash: {
    kind: 'conflict',
    message: 'Link "{id}" is not in the trash, so it is not deleted for good',
    hint: 'Delete it first without "purge"',
  },
  jobEnded: {
    kind: 'conflict',
    message: 'Job "{id}" has ended already ({state})',
    hint: 'Start it again with "retry" if it has to run once more',
  },
  noBytes: {
    kind: 'notFound',
    message: 'Snapshot "{id}" ended in a reason and kept no bytes',
    hint: 'Its evidence says why; take another snapshot',
  },
  noPart: {
    kind: 'notFound',
    message: 'Snapshot "{id}" has no {part}',
    hint: 'The list of formats in the snapshot says what it has',
  },
  noContents: {
    kind: 'notFound',
    message: 'Snapshot "{id}" is one of a page and has no list of contents',
    hint: 'GET /api/snapshots/{id}/resources says what a page holds',
  },
  notInside: {
    kind: 'notFound',
    message: '"{place}" holds no image with the digest "{digest}"',
    hint: 'Take a digest from the list of its images',
  },
  registryOff: {
    kind: 'notFound',
    message: 'This server runs no registry',
    hint: 'Set HOLDFAST_REGISTRY_LISTEN to an address and start it again',
  },
  noCluster: {
    kind: 'notFound',
    message: 'This server knows no cluster "{zone}"',
    hint: 'GET /api/clusters lists those that it knows; "holdfast cluster up plan.yaml" begins one',
  },
  tooLargeToShow: {
    kind: 'unsupported',
    message: 'The document is larger than {limitBytes} bytes and is not shown',
    hint: 'Download the snapshot as WACZ or as HTML',
  },
  unfitToShow: {
    kind: 'unsupported',
    message: 'The document is written in a way that could reach the network, and is not shown',
    hint: 'Take another snapshot of the page',
  },
  noUser: {
    kind: 'conflict',
    message: 'API tokens belong to a user, and nobody is logged in',
    hint: 'This server is open to its own machine: no token is needed here',
  },
  busy: {
    kind: 'unavailable',
    message: 'Too many listeners are connected ({limit})',
    hint: 'Close other windows of the web interface, then try again',
  },
  openBeyondLoopback: {
    kind: 'denied',
    message: 'Listening on "{address}" without a login is refused',
    hint: 'Listen on 127.0.0.1, or leave the login on',
  },
  listen: {
    kind: 'unavailable',
    message: 'Listening on "{address}" failed: {detail}',
    hint: 'End the program that uses the port, or choose another with HOLDFAST_LISTEN or HOLDFAST_REPLAY_LISTEN',
  },
  internal: {
    kind: 'corrupt',
    message: 'Something went wrong in the server (reference "{reference}")',
    hint: 'The log of the server has the cause under this reference',
  },
});
