import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:4600';

// A build is one for use, whatever NODE_ENV the shell that asks for it happens to have.
if (process.argv.includes('build')) process.env.NODE_ENV = 'production';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The charts are one lazy chunk of this size; every other is far below.
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 4601,
    proxy: {
      '/api': {
        target: server,
        changeOrigin: true,
        // The server refuses cookies that come with somebody else's origin; in development we are its origin.
        headers: { origin: server },
      },
    },
  },
});
