import i18next from "i18next";
import { cookie } from "@/api/client";
import { NO_ANSWER, Problem } from "@/api/problems";
import type { Import } from "./types";

/** The answer that a request got, as what was made or as the problem it tells. */
export function answered(status: number, text: string): Import {
  let told: unknown = null;
  try {
    told = JSON.parse(text);
  } catch {
    // A proxy answered instead of the server: the status has to do.
  }
  if (status >= 200 && status < 300 && told !== null) return told as Import;
  const problem = (told ?? {}) as { code?: string };
  const code = problem.code ?? (status >= 500 || status === 0 ? NO_ANSWER : `http_${status}`);
  throw new Problem({ ...problem, code, status });
}

/**
 * Upload a file with what shall become of it. `told` hears how much has gone, from 0 to 1. fetch tells nothing of
 * what it has sent, so this is the older way.
 */
export function send(body: FormData, told: (share: number) => void, signal: AbortSignal): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/moderation/imports");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", i18next.language || "en");
    request.setRequestHeader("X-CSRFToken", cookie("csrftoken"));
    request.upload.onprogress = ({ loaded, total }) => told(total > 0 ? loaded / total : 0);
    request.onload = () => {
      try {
        resolve(answered(request.status, request.responseText));
      } catch (problem) {
        reject(problem as Problem);
      }
    };
    request.onerror = () => reject(new Problem({ code: NO_ANSWER, status: 0 }));
    request.onabort = () => reject(new DOMException("", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
