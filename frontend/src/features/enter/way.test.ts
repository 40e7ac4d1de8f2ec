import { expect, test } from "vitest";
import type { Me } from "@/api/me";
import { wayOn, wayToLearn } from "./way";

function somebody(onboarded: boolean, accepted: number | null): Me {
  return {
    id: "0",
    email: "a@example.org",
    display_name: "",
    role: "volunteer",
    languages: ["en"],
    writing_languages: ["en"],
    topics: [],
    time_zone: "UTC",
    ui_language: "",
    onboarded_at: onboarded ? "2026-01-01T00:00:00Z" : null,
    created_at: "2026-01-01T00:00:00Z",
    muted_until: null,
    withdrew_at: null,
    terms: { accepted, current: 1 },
  };
}

test("newcomers read the terms, then say their languages, then go where they wanted", () => {
  const terms = new URL(wayOn(somebody(false, null), "/trees?lang=de"), "http://x");
  expect(terms.pathname).toBe("/terms");
  const languages = new URL(terms.searchParams.get("next")!, "http://x");
  expect(languages.pathname).toBe("/account/languages");
  expect(wayToLearn(languages.searchParams.get("next"))).toBe("/learn?next=%2Ftrees%3Flang%3Dde");
});

test("newcomers who wanted nothing in particular get no address to come back to", () => {
  expect(wayOn(somebody(false, null), null)).toBe("/terms?next=%2Faccount%2Flanguages");
  expect(wayToLearn(null)).toBe("/learn");
});

test("whoever has been here goes where they wanted, or home", () => {
  expect(wayOn(somebody(true, 1), "/me")).toBe("/me");
  expect(wayOn(somebody(true, null), null)).toBe("/");
  expect(wayOn(somebody(false, 1), "//evil.example/")).toBe("/");
});
