import type { FidelityCase } from '../harness/case.ts';
import { green, page, slot } from '../harness/page.ts';
import { greenPng, redPng } from '../material/pictures.ts';

const there = page({ title: 'There', body: `${slot(0, '<img src="g.png">')}<p>Arrived</p>` });

/** Addresses written in odd ways, and ways to be sent elsewhere. */
export const addressCases: readonly FidelityCase[] = [
  {
    name: 'url-base-href',
    promise: 'addresses resolve against <base href>, in markup, inline styles and style elements',
    routes: {
      '': page({
        head: '<base href="sub/dir/"><link rel="stylesheet" href="b.css"><style>.s1{background:url(g.png)}</style>',
        body: `${slot(0, '<img src="g.png">')}${slot(1)}${slot(2)}${slot(3, '<i class="fill" style="background:url(../g2.png)"></i>')}<p>Based <a href="#part">part</a></p>`,
      }),
      'sub/dir/b.css': '.s2{background:url(g.png)}',
      'sub/dir/g.png': greenPng,
      'sub/g2.png': greenPng,
      'g.png': redPng,
    },
    expect: { green: 4 },
  },
  {
    name: 'url-odd-spellings',
    promise:
      'addresses with spaces, newlines, backslashes, Chinese, entities, fragments and dots lead to their pictures',
    routes: {
      '': page({
        body: [
          '<img src="a b.png">',
          '<img src=" \n g.png\t ">',
          '<img src="sub\\g.png">',
          '<img src="图片.png">',
          '<img src="%E5%9B%BE%E7%89%87.png?">',
          '<img src="q.png?a=1&amp;b=2">',
          '<img src="g.png#frag">',
          '<img src="./x/../sub/./g.png">',
        ]
          .map((img, i) => slot(i, img))
          .join('')
          .concat('<p>Odd <img src="" alt="empty"></p>'),
      }),
      'a%20b.png': greenPng,
      'g.png': greenPng,
      'sub/g.png': greenPng,
      '%E5%9B%BE%E7%89%87.png': greenPng,
      'q.png?a=1&b=2': greenPng,
    },
    expect: { green: 8 },
  },
  {
    name: 'url-protocol-relative',
    promise: 'protocol-relative and root-relative addresses lead to their pictures',
    routes: {
      '': ({ at }) =>
        page({
          body: `${slot(0, `<img src="${at.host.replace('http:', '')}g.png">`)}${slot(1, `<img src="${new URL(at.main).pathname}g.png">`)}<p>Relative</p>`,
        }),
      'g.png': greenPng,
    },
    expect: { green: 2 },
  },
  {
    name: 'url-same-name-other-query',
    promise: 'addresses that differ in their query alone keep their own pictures',
    routes: {
      '': page({
        body: `${slot(0, '<img src="p.png?v=green">')}<img src="p.png?v=red" width="100" height="50"><img src="p.png" width="100" height="50"><p>Queries</p>`,
      }),
      'p.png': ({ url }) => (url.searchParams.get('v') === 'green' ? greenPng : redPng),
    },
    expect: { green: 1 },
  },
  {
    name: 'redirect-http',
    promise: 'a chain of HTTP redirects over hosts ends at its page',
    routes: {
      '': ({ at }) => ({ status: 302, headers: { location: `${at.host}second` } }),
      second: ({ at }) => ({ status: 307, headers: { location: `${at.main}dir/there.html` } }),
      'dir/there.html': there,
      'dir/g.png': greenPng,
    },
    expect: { green: 1, texts: ['Arrived'], finalPath: 'dir/there.html' },
  },
  {
    name: 'redirect-picture',
    promise: 'pictures and sheets that are redirected are kept',
    routes: {
      '': page({
        head: '<link rel="stylesheet" href="old.css">',
        body: `${slot(0, '<img src="old.png">')}${slot(1)}<p>Moved</p>`,
      }),
      'old.png': ({ at }) => ({ status: 301, headers: { location: `${at.host}new.png` } }),
      'new.png': greenPng,
      'old.css': { status: 302, headers: { location: 'moved/new.css' } },
      'moved/new.css': '.s1{background:url(g.png)}',
      'moved/g.png': greenPng,
    },
    expect: { green: 2 },
  },
  {
    name: 'redirect-meta',
    promise: 'a meta refresh is followed, and the replay does not follow one',
    routes: {
      '': '<!doctype html><meta http-equiv="refresh" content="0; url=there.html"><title>Wait</title>Wait',
      'there.html': there.replace(
        '<title>',
        '<meta http-equiv="refresh" content="600;url=elsewhere.html"><title>',
      ),
      'g.png': greenPng,
    },
    expect: { green: 1, texts: ['Arrived'], finalPath: 'there.html' },
  },
  {
    name: 'redirect-script',
    promise: 'a redirect by script, at once and a little later, is followed',
    routes: {
      '': `<!doctype html><title>Wait</title>Wait<script>location.replace('second.html')</script>`,
      'second.html': `<!doctype html><title>Wait</title>Wait again<script>setTimeout(() => { location.href = 'there.html' }, 300)</script>`,
      'there.html': there,
      'g.png': greenPng,
    },
    expect: { settleMs: 900, green: 1, texts: ['Arrived'], finalPath: 'there.html' },
  },
  {
    name: 'redirect-login',
    promise: 'a page behind a login ends at the login form, and says where it was sent',
    routes: {
      '': { status: 302, headers: { location: 'login.html?next=%2F' } },
      'login.html': page({
        title: 'Sign in',
        body: '<h1>Sign in</h1><form method="post"><input name="user"><input type="password"></form>',
      }),
    },
    expect: { texts: ['Sign in'], finalPath: 'login.html?next=%2F', evidence: ['redirectedTo'] },
  },
  {
    name: 'history-push-state',
    promise: 'a page that changes its own address is kept, its pictures resolved',
    routes: {
      '': page({
        body: `${slot(0, '<img src="g.png">')}${slot(1)}<p>Pushed</p><script>onload = () => { history.pushState({}, '', 'route/two');
          const late = new Image(); late.onload = () => { document.querySelector('.s1').style.background = '${green}' }; late.src = 'g.png'; }</script>`,
      }),
      'g.png': greenPng,
      'route/g.png': greenPng,
    },
    expect: { green: 2, finalPath: 'route/two' },
  },
  {
    name: 'cookie-wall',
    promise: 'a page that wants its own cookie back gets it',
    routes: {
      '': ({ request, url }) =>
        request.headers.cookie?.includes('seen=1')
          ? there
          : url.search
            ? page({ body: '<p>Cookies are off</p>' })
            : { status: 302, headers: { location: '?again', 'set-cookie': 'seen=1; Path=/' } },
      'g.png': greenPng,
    },
    expect: { green: 1, texts: ['Arrived'], visits: 2 },
  },
];
