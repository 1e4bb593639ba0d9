import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Where a running `hatang serve` answers while the app is being developed. */
const SERVER = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
  // Data addresses are refused by a strict content security policy for fonts, so nothing is inlined.
  build: { assetsInlineLimit: 0, target: 'es2022', chunkSizeWarningLimit: 1400 },
  server: { proxy: { '/api': SERVER, '/tiles': SERVER } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
