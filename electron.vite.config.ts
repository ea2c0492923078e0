/**
 * How main and renderer are bundled. electron-vite does it without Electron's binary; native modules
 * (`dependencies`) stay outside, everything else goes in, and what is imported lazily becomes a chunk.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { quietLogger } from './scripts/build/quiet-logger.ts';

/** The renderer lives under /ui/ at every door; electron-vite would set a relative base, which deep links break. */
const underUi: Plugin = {
  name: 'chancery:base',
  config: () => ({ base: '/ui/' }),
};

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      emptyOutDir: true,
      target: 'node24',
      sourcemap: true,
      rolldownOptions: {
        input: {
          desktop: 'src/main/desktop/main.ts',
          cli: 'src/main/cli/main.ts',
          'post-quantum-worker': 'src/main/crypto/post-quantum-worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    customLogger: quietLogger(),
    plugins: [react(), underUi],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      target: 'es2023',
      minify: true,
      // The content security policy has no data: sources.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
});
