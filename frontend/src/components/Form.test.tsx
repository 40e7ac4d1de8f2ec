import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Problem } from "@/api/problems";
import { PasswordField } from "./Field";
import { EmailField, Form, wrong } from "./Form";

function Door({
  error,
  onSubmit = () => undefined,
}: {
  error?: unknown;
  onSubmit?: (values: unknown) => void;
}) {
  return (
    <Form onSubmit={onSubmit} error={error} fields={["email", "password"]} action="Go" busy={false}>
      <EmailField error={wrong(error, "email")} />
      <PasswordField name="password" label="Password" error={wrong(error, "password")} />
    </Form>
  );
}

const refused = (errors: Record<string, string[]>, detail = "") =>
  new Problem({ code: "invalid", status: 400, detail, errors });

test("a form is handed in whole, by Enter too", async () => {
  const sent: unknown[] = [];
  render(<Door onSubmit={(values) => sent.push(values)} />);
  await userEvent.type(screen.getByLabelText("E-mail address"), "a@example.org");
  await userEvent.type(screen.getByLabelText("Password"), "three words here{Enter}");
  expect(sent).toEqual([{ email: "a@example.org", password: "three words here" }]);
});

test("what is wrong with a field stands at the field, and nowhere else", () => {
  render(<Door error={refused({ password: ["Too common."] })} />);
  expect(screen.getByLabelText("Password")).toHaveAccessibleDescription(/Too common\./);
  expect(screen.getByLabelText("E-mail address")).not.toHaveAttribute("aria-invalid");
  expect(screen.getAllByRole("alert")).toHaveLength(1);
});

test("what concerns no field of the form stands above it", () => {
  render(<Door error={refused({ captcha: ["Are you there?"] })} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Are you there?");
});

test("too many tries are told in words", () => {
  render(
    <Door error={new Problem({ code: "tooMany", status: 429, detail: "Try again in a few minutes." })} />,
  );
  expect(screen.getByRole("alert")).toHaveTextContent("Try again in a few minutes.");
});

test("a password can be looked at while it is typed", async () => {
  render(<Door />);
  const field = screen.getByLabelText("Password");
  expect(field).toHaveAttribute("type", "password");
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(field).toHaveAttribute("type", "text");
  expect(screen.getByRole("button", { name: "Hide" })).toHaveAttribute("aria-pressed", "true");
});
