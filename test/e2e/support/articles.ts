import type { Rgb } from './landscape.ts';

/** One page of the site that is captured. */
export interface Article {
  readonly path: string;
  readonly lang: 'en' | 'zh-CN';
  readonly title: string;
  readonly byline: string;
  readonly paragraphs: readonly string[];
  /** The colours of its pictures' skies, in order. */
  readonly skies: readonly Rgb[];
  readonly verdict: 'good' | 'not-found' | 'truncated';
  /** What makes the page difficult. */
  readonly kind: 'plain' | 'srcset' | 'frame' | 'gbk' | 'gone' | 'hanging' | 'script';
}

const good = { lang: 'en', verdict: 'good', kind: 'plain' } as const;

/** Ten pages: six in English, four in Chinese, as people keep them. */
export const articles: readonly Article[] = [
  {
    ...good,
    path: '/en/mirror-registry',
    title: 'Mirroring a registry across an air gap',
    byline: 'Maren Holt',
    paragraphs: [
      'A mirror registry holds every image that a cluster will ask for, so that nothing has to be fetched once the door is shut. The list is longer than it looks: the release payload alone names some two hundred images.',
      'Write the digests down before you copy anything. A tag may move between two reads, a digest cannot, and whoever receives the disk can check what arrived against what was sent.',
      'Count the bytes twice. The first count tells how many disks to buy, the second one tells whether all of them came through the gap.',
    ],
    skies: [
      [70, 130, 180],
      [205, 133, 63],
    ],
  },
  {
    ...good,
    kind: 'srcset',
    path: '/en/lighthouse',
    title: 'The keeper of the lighthouse',
    byline: 'Ida Strand',
    paragraphs: [
      'For forty years the lighthouse on the outer skerry was kept by one family. Each evening somebody climbed the hundred and twelve steps, trimmed the wick and wound the clockwork that turned the lens.',
      'The logbooks survive. They tell of wind and visibility, of ships that passed and of one that did not, in the even hand of people who had time.',
      'When the lamp was electrified in 1958 the last keeper stayed for another winter, to be sure that the new light would hold.',
    ],
    skies: [
      [46, 139, 87],
      [147, 112, 219],
    ],
  },
  {
    ...good,
    kind: 'frame',
    path: '/en/quorum',
    title: 'Why etcd wants three voters',
    byline: 'Tomas Lind',
    paragraphs: [
      'A quorum is a majority of the members that may vote. With three of them one may be lost; with four it is still one, and there are more links that can break.',
      'The leader sends each change to its followers and counts the answers. As soon as the majority has written it down, the change is there to stay, whatever happens next.',
      'The figure below shows the state of the members after the second one was cut off from the others.',
    ],
    skies: [[178, 34, 34]],
  },
  {
    ...good,
    kind: 'hanging',
    path: '/en/harbour',
    title: 'Harbour weather, read aloud',
    byline: 'The harbour office',
    paragraphs: [
      'North-westerly five to six, backing westerly four. Moderate, becoming slight in the shelter of the islands. Showers towards the evening; visibility good apart from those.',
      'The radar picture at the foot of this page is sent by a station that does not always answer. The forecast does not wait for it, and neither should its reader.',
      'Small craft are advised to keep to the inner fairway until the swell has gone down.',
    ],
    skies: [[0, 128, 128]],
  },
  {
    ...good,
    kind: 'script',
    path: '/en/ferry',
    title: 'Ferry timetable for the outer islands',
    byline: 'Skerry Line',
    paragraphs: [
      'Departures from the town quay are at seven, at noon and at half past five. On Sundays the morning boat does not sail, and the last one calls at every jetty where somebody waves.',
      'Bicycles travel free of charge, goats by arrangement. Whoever misses the evening ferry will find a bed at the pilot house, and breakfast if there was fish.',
      'The timetable holds from the first of May until the ice comes.',
    ],
    skies: [[218, 112, 214]],
  },
  {
    ...good,
    verdict: 'not-found',
    kind: 'gone',
    path: '/en/moved-away',
    title: 'Page not found',
    byline: '',
    paragraphs: ['There is no page at this address. It may have moved, or it never was here.'],
    skies: [],
  },
  {
    ...good,
    lang: 'zh-CN',
    path: '/zh/anzhuang',
    title: '离线安装集群的准备工作',
    byline: '林知远',
    paragraphs: [
      '在没有网络的机房里安装集群，最要紧的是事先把镜像准备齐全。先在能上网的机器上搭建 mirror registry，把安装所需的全部镜像同步下来，再用移动硬盘带进去。',
      '安装之前要核对三件事：域名解析是否正确，负载均衡是否已经指向引导节点，证书是否由受信任的机构签发。任何一件没有做好，安装都会停在半路。',
      '最后写一份清单，逐项打勾。机房里没有人可以替你查文档，所以文档也要一起带进去。',
    ],
    skies: [[199, 21, 133]],
  },
  {
    ...good,
    lang: 'zh-CN',
    path: '/zh/longjing',
    title: '龙井茶的采摘与炒制',
    byline: '沈若水',
    paragraphs: [
      '龙井茶以清明前采摘的最为珍贵。清晨露水未干，采茶人已经上山，只取一芽一叶，指尖轻轻一提，不可用指甲掐断。',
      '炒制全凭一双手。抓、抖、搭、拓、捺、推、扣、甩、磨、压，十种手法在锅中变换，火候稍过便失了清香。',
      '一位老师傅一天不过炒出一斤多干茶。杯中舒展的嫩叶，是山上的一个早晨。',
    ],
    skies: [
      [107, 142, 35],
      [72, 61, 139],
    ],
  },
  {
    ...good,
    lang: 'zh-CN',
    kind: 'gbk',
    path: '/zh/guji',
    title: '图书馆古籍目录说明',
    byline: '善本部',
    paragraphs: [
      '本目录收录馆藏古籍善本两千三百余种，按经、史、子、集四部排列。每种著录书名、卷数、著者、版本与行款，凡有藏书印记者一并注明。',
      '宋元刻本多已残缺，翻阅须戴手套，不得拍照。读者如需复制，请向善本部提出申请，由馆员代为扫描。',
      '目录中的错误在所难免，欢迎来信指正。',
    ],
    skies: [[160, 82, 45]],
  },
  {
    ...good,
    lang: 'zh-CN',
    path: '/zh/fuzai',
    title: 'HAProxy 负载均衡入门',
    byline: '周明',
    paragraphs: [
      'HAProxy 是一个成熟的负载均衡器。它在四层转发 TCP 连接，也能在七层按照 HTTP 请求头选择后端，配置文件只有一个，读起来像一篇短文。',
      '一个后端至少要有两台服务器，并为每台设置健康检查。检查失败的服务器会自动摘除，恢复之后再加回来，访问的人毫无察觉。',
      '集群的 API 入口通常使用 6443 端口，引导完成以后记得把引导节点从后端删除。',
    ],
    skies: [[30, 144, 255]],
  },
];
