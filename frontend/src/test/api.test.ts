import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { FRONTEND, read } from "./files";

test("the types of the API are those of docs/openapi.yaml (if not, type: npm run api)", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "oa-api-"));
  const made = path.join(folder, "schema.d.ts");
  const tool = path.join(FRONTEND, "node_modules", "openapi-typescript", "bin", "cli.js");
  try {
    execFileSync(process.execPath, [tool, "../docs/openapi.yaml", "-o", made], {
      cwd: FRONTEND,
      stdio: "pipe",
    });
    expect(readFileSync(made, "utf8") === read("src", "api", "schema.d.ts")).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);
