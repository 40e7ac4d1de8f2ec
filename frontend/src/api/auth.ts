import i18next from "i18next";
import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { speak } from "@/lib/i18n";
import { forgetSitting } from "@/lib/storage";
import { api, cookie, data } from "./client";
import { ME, whoAmI, type Me } from "./me";
import { NO_ANSWER, Problem } from "./problems";

const BASE = "/_allauth/browser/v1";

/** What has to be done before somebody is in. */
export type Flow = "verify_email" | "password_reset_by_code" | "mfa_authenticate";

/** Where a browser stands: signed in, half way (and what is asked for next), or out. */
export type Standing = { state: "in" } | { state: "pending"; flow: Flow; types: string[] } | { state: "out" };

interface Sent {
  data?: unknown;
  errors?: { code: string; message: string; param?: string }[];
}
interface Answer {
  status: number;
  sent: Sent;
}
interface Options {
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}

const REFUSALS: Record<number, string> = { 403: "tooSoon", 409: "over", 429: "tooMany" };

/** Ask the part of the server that signs people in and out. Refusals are thrown as Problem; 200 and 401 are answers. */
async function ask(method: string, path: string, { body, headers = {} }: Options = {}): Promise<Answer> {
  // A page out of the service worker's store came without this cookie.
  if (method !== "GET" && !cookie("csrftoken")) await ask("GET", "/config");
  const response = await send(
    method,
    path,
    {
      ...headers,
      "Accept-Language": i18next.language,
      ...(method !== "GET" && { "X-CSRFToken": cookie("csrftoken") }),
      ...(body && { "Content-Type": "application/json" }),
    },
    body,
  );
  let sent: Sent = {};
  try {
    sent = (await response.json()) as Sent;
  } catch {
    // Some refusals have no words.
  }
  if (response.status === 200 || response.status === 401) return { status: response.status, sent };
  throw refusal(response.status, sent);
}

async function send(method: string, path: string, headers: Record<string, string>, body: unknown) {
  try {
    return await fetch(BASE + path, {
      method,
      headers,
      credentials: "same-origin",
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Problem({ code: NO_ANSWER, status: 0 });
  }
}

/** What is said of each field stands at the field; what is said of none is the problem's own text. */
export function refusal(status: number, sent: Sent): Problem {
  const said = sent.errors ?? [];
  const errors: Record<string, string[]> = {};
  for (const { message, param } of said) (errors[param ?? ""] ??= []).push(message);
  const known = REFUSALS[status];
  const detail = known && said.length === 0 ? i18next.t(`refused.${known}`) : (errors[""] ?? []).join(" ");
  return new Problem({ status, code: codeOf(status, said[0]?.code ?? known), detail, errors });
}

function codeOf(status: number, code: string | undefined): string {
  return code ?? (status >= 500 ? NO_ANSWER : `http_${status}`);
}

/** What an answer says of where the browser stands. */
export function standing({ status, sent }: Answer): Standing {
  if (status === 200) return { state: "in" };
  const flows = (
    sent.data as { flows?: { id: string; is_pending?: boolean; types?: string[] }[] } | undefined
  )?.flows;
  const pending = flows?.find((flow) => flow.is_pending);
  return pending
    ? { state: "pending", flow: pending.id as Flow, types: pending.types ?? [] }
    : { state: "out" };
}

export const whereAmI = async () => standing(await ask("GET", "/auth/session"));

export const signIn = async (email: string, password: string) =>
  standing(await ask("POST", "/auth/login", { body: { email, password } }));

export const signUp = async (email: string, password: string) =>
  standing(await ask("POST", "/auth/signup", { body: { email, password } }));

export const sendFactor = async (code: string) =>
  standing(await ask("POST", "/auth/2fa/authenticate", { body: { code: code.trim() } }));

/** Confirm an address by the code or the key of the link in the mail. "out" means: confirmed, but nobody is signed in. */
export const confirmEmail = async (key: string) =>
  standing(await ask("POST", "/auth/email/verify", { body: { key: key.trim() } }));

export const resendCode = () => ask("POST", "/auth/email/verify/resend");

/** The address that the link out of a mail would confirm, or the code that was sent to this browser. */
export async function addressOf(key?: string): Promise<string> {
  const headers: Record<string, string> = key ? { "X-Email-Verification-Key": key } : {};
  const { sent } = await ask("GET", "/auth/email/verify", { headers });
  return (sent.data as { email?: string } | undefined)?.email ?? "";
}

export const askForReset = (email: string) => ask("POST", "/auth/password/request", { body: { email } });

export const resetPassword = (code: string, password: string) =>
  ask("POST", "/auth/password/reset", { body: { key: code.trim(), password } });

export const changePassword = (current: string, chosen: string) =>
  ask("POST", "/account/password/change", { body: { current_password: current, new_password: chosen } });

export interface Address {
  email: string;
  verified: boolean;
  primary: boolean;
}

const addresses = ({ sent }: Answer) => (Array.isArray(sent.data) ? (sent.data as Address[]) : []);

export const myAddresses = async () => addresses(await ask("GET", "/account/email"));
export const askForAddress = async (email: string) =>
  addresses(await ask("POST", "/account/email", { body: { email } }));
export const dropAddress = async (email: string) =>
  addresses(await ask("DELETE", "/account/email", { body: { email } }));
export const mailAgain = (email: string) => ask("PUT", "/account/email", { body: { email } });

/** Whether addresses are confirmed by a code to be typed (else by a link to be followed). */
export async function confirmsByCode(): Promise<boolean> {
  const { sent } = await ask("GET", "/config");
  const config = sent.data as { account?: { email_verification_by_code_enabled?: boolean } } | undefined;
  return config?.account?.email_verification_by_code_enabled ?? false;
}

/** A confirmed new address takes the old one's place. In production the server has done so already. */
export async function settleAddress(): Promise<void> {
  const all = await myAddresses();
  const chosen = all.find((one) => one.verified && !one.primary);
  if (!chosen) return;
  await ask("PATCH", "/account/email", { body: { email: chosen.email, primary: true } });
  for (const old of all) if (old.primary) await dropAddress(old.email);
}

export const STANDING = ["standing"] as const;

/** Where this browser stands, also after a reload half way. */
export function useStanding() {
  return useQuery({ queryKey: STANDING, queryFn: whereAmI, staleTime: 0, gcTime: 0 });
}

/** Forget what the last person was shown. */
function forgetAll(queries: QueryClient): void {
  forgetSitting();
  queries.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] !== ME[0] && queryKey[0] !== STANDING[0],
  });
}

/** The pages speak the person's language; somebody who has none yet keeps the one they came with. */
async function agreeOnLanguage(me: Me): Promise<Me> {
  if (me.ui_language === "") {
    const spoken = i18next.language as Exclude<Me["ui_language"], "">;
    return data(api.PATCH("/api/v1/me", { body: { ui_language: spoken } })).catch(() => me);
  }
  if (me.ui_language !== i18next.language) await speak(me.ui_language);
  return me;
}

/** After signing in: everything is asked for anew, in the person's language. */
export function useArrive() {
  const queries = useQueryClient();
  return useCallback(async (): Promise<void> => {
    await queries.cancelQueries({ queryKey: ME });
    const me = await whoAmI();
    const agreed = me && (await agreeOnLanguage(me));
    forgetAll(queries);
    queries.setQueryData(ME, agreed);
  }, [queries]);
}

export const signOut = () => ask("DELETE", "/auth/session");

/** Sign out, and load the front door anew: nothing of what was shown stays in this tab. Drafts stay in the browser. */
export function useSignOut() {
  return useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      forgetSitting();
      window.location.assign("/");
    },
  });
}
