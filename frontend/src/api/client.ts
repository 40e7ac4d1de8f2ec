import i18next from "i18next";
import createClient, { type Middleware } from "openapi-fetch";
import { NO_ANSWER, Problem } from "./problems";
import { setByServer } from "@/lib/clock";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

/** The value of a cookie, or "". */
export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", i18next.language || "en");
    if (request.method !== "GET") request.headers.set("X-CSRFToken", cookie("csrftoken"));
    return request;
  },
  async onResponse({ response }) {
    setByServer(response.headers.get("date"));
    if (response.ok) return undefined;
    throw await problemIn(response);
  },
  onError({ error }) {
    if (error instanceof Problem) return error;
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return new Problem({ code: NO_ANSWER, status: 0, detail: "" });
  },
};

/** The problem that a refused answer describes; one of our own when a proxy answered instead of the server. */
export async function problemIn(response: Response): Promise<Problem> {
  try {
    const sent = (await response.json()) as Partial<Schemas["Problem"]>;
    return new Problem({ ...sent, code: sent.code ?? `http_${response.status}`, status: response.status });
  } catch {
    return new Problem({
      code: response.status >= 500 ? NO_ANSWER : `http_${response.status}`,
      status: response.status,
    });
  }
}

/** The API, typed from its description. Every refusal is thrown as a Problem. */
export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin" });
api.use(manners);

/** The data of an answer. Refusals were thrown before they get here. */
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
