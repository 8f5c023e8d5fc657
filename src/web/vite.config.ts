import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const licence: Plugin = {
  name: 'licence',
  generateBundle() {
    const source = readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'licence.txt', source });
  },
};

/** Builds the web interface into `dist/web`, for a strict CSP: no inline script, no data: URLs. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwindcss(), licence],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
  server: { proxy: { '/api': process.env.HOLDFAST_API ?? 'http://127.0.0.1:8420' } },
});
