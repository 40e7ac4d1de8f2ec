import { expect, test } from "vitest";
import { refusal, standing } from "./auth";

test("whoever is let in is in", () => {
  expect(standing({ status: 200, sent: { data: { user: {} } } })).toEqual({ state: "in" });
});

test("half way, the pending step is what counts, not those one could take", () => {
  const flows = [{ id: "login" }, { id: "mfa_authenticate", is_pending: true, types: ["totp"] }];
  expect(standing({ status: 401, sent: { data: { flows } } })).toEqual({
    state: "pending",
    flow: "mfa_authenticate",
    types: ["totp"],
  });
});

test("no pending step is simply out", () => {
  expect(standing({ status: 401, sent: { data: { flows: [{ id: "login" }] } } })).toEqual({ state: "out" });
});

test("what is wrong with a field stands at the field, in the server's words", () => {
  const problem = refusal(400, {
    errors: [
      { code: "password_too_short", message: "Too short.", param: "password" },
      { code: "password_too_common", message: "Too common.", param: "password" },
    ],
  });
  expect(problem.errors["password"]).toEqual(["Too short.", "Too common."]);
  expect(problem.detail).toBe("");
});

test("what concerns no field is the problem itself", () => {
  const problem = refusal(400, { errors: [{ code: "too_many_login_attempts", message: "Slow down." }] });
  expect(problem.detail).toBe("Slow down.");
  expect(problem.code).toBe("too_many_login_attempts");
});

test("too many tries come without words, and get some", () => {
  const problem = refusal(429, {});
  expect(problem.code).toBe("tooMany");
  expect(problem.detail).toMatch(/few minutes/);
});
