// Set-up runs on Node 20, before anything is installed, so its few texts stand here and not in src/texts.

const en = {
  packages: 'Installing the npm packages …',
  packagesFailed: 'Installing the npm packages failed; run "npm ci" in {root} to see why',
  noNode:
    'Holdfast needs Node 24 or newer. On Linux (x64, arm64) it comes as an npm package; here, install it from https://nodejs.org and put it on PATH',
  system: 'Installing {packages} with apt-get (needed once) …',
  systemFailed: 'apt-get could not install {packages}; install them by hand, then try again',
  noBrowser:
    'No browser was found: links are kept, but no snapshots are taken. Install chromium-headless-shell or chromium (Debian, Ubuntu: "apt-get install {packages}"), or name one in HOLDFAST_BROWSER (a path, or a CDP address such as http://127.0.0.1:9222)',
  noFonts:
    'No font with Chinese characters was found: screenshots will show boxes. Install fonts-noto-cjk (Debian, Ubuntu) or another Noto Sans CJK package',
  missingForTests: 'Some tests need {packages}; install them, or run "npm test" as root on Debian or Ubuntu',
  web: 'Building the web interface …',
  webFailed: 'Building the web interface failed',
};

const zh = {
  packages: '正在安装 npm 软件包……',
  packagesFailed: '安装 npm 软件包失败；请在 {root} 中运行 "npm ci" 查看原因',
  noNode:
    'Holdfast 需要 Node 24 或更高版本。在 Linux（x64、arm64）上它随 npm 软件包安装；此系统请从 https://nodejs.org 安装并加入 PATH',
  system: '正在用 apt-get 安装 {packages}（仅需一次）……',
  systemFailed: 'apt-get 无法安装 {packages}；请手动安装后重试',
  noBrowser:
    '没有找到浏览器：链接会保存，但不会生成快照。请安装 chromium-headless-shell 或 chromium（Debian、Ubuntu："apt-get install {packages}"），或用 HOLDFAST_BROWSER 指定（路径，或 http://127.0.0.1:9222 这样的 CDP 地址）',
  noFonts:
    '没有找到中文字体：截图中的汉字会显示为方框。请安装 fonts-noto-cjk（Debian、Ubuntu）或其他 Noto Sans CJK 字体包',
  missingForTests: '部分测试需要 {packages}；请安装它们，或在 Debian、Ubuntu 上以 root 运行 "npm test"',
  web: '正在构建网页界面……',
  webFailed: '构建网页界面失败',
};

const language =
  process.env.HOLDFAST_LANG || process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';

/** A text of the set-up in the user's language, its `{name}` places filled. */
export function text(key, details = {}) {
  const template = (/^zh/i.test(language) ? zh : en)[key];
  return template.replace(/\{(\w+)\}/g, (whole, name) => details[name] ?? whole);
}

/** Tells the person at the terminal; stdout belongs to the command's output. */
export function say(key, details) {
  process.stderr.write(`${text(key, details)}\n`);
}

/** A fault of the set-up that the person can mend: it is shown as one line, without a stack. */
export class SetupError extends Error {
  constructor(key, details) {
    super(text(key, details));
  }
}
