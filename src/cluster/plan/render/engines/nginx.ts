import { downloadsOf } from '../../derive/downloads.ts';
import type { Plan } from '../../model.ts';
import { fileText } from '../formats/format.ts';
import { nginx } from '../formats/formats.ts';

/** nginx's server for the files that nodes boot from. Ignition files hold keys, so only their own nodes may have them. */
export function nginxText(plan: Plan): string {
  const ignition = downloadsOf(plan)
    .filter(({ kind }) => kind === 'ignition')
    .map(({ path, nodes }) => {
      const addresses = [...new Set([...nodes.map(({ address }) => address), plan.bastion.address])];
      return nginx`
        location = /${path} {
            ${addresses.map((address) => nginx`allow ${address};`)}
            allow 127.0.0.1;
            deny all;
        }
      `;
    });
  return fileText(nginx`
    server {
        listen ${plan.bastion.filesPort};
        server_name _;
        root /usr/share/nginx/html;
        # Images are large and their readers few.
        sendfile on;
        tcp_nopush on;
        ${ignition}
        location /ignition/ {
            deny all;
        }
        location / {
            try_files $uri =404;
        }
    }
  `);
}
