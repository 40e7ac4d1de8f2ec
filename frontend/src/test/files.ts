import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The folder `frontend`, where Vitest runs. */
export const FRONTEND = process.cwd();

export function read(...parts: string[]): string {
  return readFileSync(path.join(FRONTEND, ...parts), "utf8");
}

/** Every file below src/ whose name ends so, as a path from `frontend`. */
export function sources(ending: string): string[] {
  return readdirSync(path.join(FRONTEND, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join("src", file))
    .sort();
}
