import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Imports go app -> features -> components | api | lib, and features never import each other. */
const layer = (files, forbidden, why) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [{ group: forbidden, message: why }] }] },
});

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  a11y.flatConfigs.recommended,
  hooks.configs.flat["recommended-latest"],
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "jsx-a11y/aria-role": ["error", { ignoreNonDOM: true }], // our Turn has a role of another sort
      complexity: ["error", 12],
      "max-lines": ["error", { max: 400, skipBlankLines: true }],
      "no-console": "error",
    },
  },
  {
    files: ["scripts/**"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        fetch: "readonly",
        URL: "readonly",
        WebSocket: "readonly",
      },
    },
    rules: { "no-console": "off" },
  },
  layer(
    ["src/features/**"],
    ["@/features/*", "@/app/*", "../../features/*", "../../app/*"],
    "A feature knows no other feature and not the app.",
  ),
  layer(
    ["src/components/**", "src/api/**", "src/lib/**"],
    ["@/features/*", "@/app/*"],
    "Components, api and lib know nothing above them.",
  ),
  layer(["src/lib/**"], ["@/features/*", "@/app/*", "@/components/*", "@/api/*"], "lib knows only itself."),
);
