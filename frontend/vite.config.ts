/// <reference types="vitest/config" />
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig, type Plugin } from "vite";

const here = path.dirname(fileURLToPath(import.meta.url));
const SERVER = process.env["OA_SERVER"] ?? "http://localhost:8000";

/** Beside each text file of the build a .br and a .gz, which the server hands out as they are. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    enforce: "post",
    async closeBundle() {
      const folder = path.join(here, "dist");
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|svg|json|webmanifest)$/.test(entry.name)) continue;
        const file = path.join(entry.parentPath, entry.name);
        const content = await readFile(file);
        if (content.length < 1024) continue;
        await writeFile(`${file}.br`, brotliCompressSync(content));
        await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [
    react(),
    VitePWA({
      registerType: "prompt", // never reload under somebody who is writing
      injectRegister: false,
      manifestFilename: "manifest.webmanifest",
      manifest: {
        id: "/",
        name: "oa, the open arbour",
        short_name: "oa",
        description: "Write, review and rank conversations that teach language models to help.",
        start_url: "/",
        display: "standalone",
        background_color: "#faf7f0",
        theme_color: "#faf7f0",
        icons: [
          { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "/icon-512-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
          { src: "/mark.svg", sizes: "any", type: "image/svg+xml" },
        ],
      },
      workbox: {
        globPatterns: ["**/*.{js,css,html,svg,woff2,png}"],
        globIgnores: ["**/KaTeX_*", "**/*.{br,gz}"], // mathematics is fetched by those who meet some
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [/^\/(api|admin|_allauth|static|healthz|readyz|metrics)(\/|$)/],
        cleanupOutdatedCaches: true,
      },
    }),
    compressed(),
  ],
  resolve: { alias: { "@": path.join(here, "src") } },
  build: {
    target: "es2022",
    manifest: true,
    assetsInlineLimit: 0, // the page allows no fonts or pictures that are written into its styles
    rolldownOptions: {
      output: {
        // The words of one language are one file, not one for each part of the app.
        codeSplitting: {
          groups: [
            // What every page needs is one file too: a dozen small ones would wait for each other.
            {
              name: "base",
              test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next|openapi-fetch)[\\/]|[\\/]src[\\/](lib|api)[\\/]|[\\/]src[\\/]components[\\/](Button|Dialog|Field|Icon|Mark|Page|States|Toasts|Words)\./,
            },
            {
              test: /[\\/]locales[\\/]/,
              debugName: "words",
              name: (id) => `words-${/locales[\\/]([^\\/]+)/.exec(id)?.[1] ?? "none"}`,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "^/(api|_allauth|admin|static)/": { target: SERVER, changeOrigin: false } } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    restoreMocks: true,
  },
});
