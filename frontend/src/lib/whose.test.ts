import { afterEach, expect, test, vi } from "vitest";
import { watchPerson } from "./whose";

const KEY = "oa.person";
let stop = () => {};

afterEach(() => {
  stop();
  localStorage.clear();
});

/** What the browser tells this tab when another one wrote. */
function written(person: string): void {
  localStorage.setItem(KEY, JSON.stringify(person));
  window.dispatchEvent(new StorageEvent("storage", { key: KEY, newValue: JSON.stringify(person) }));
}

function cameBack(): void {
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
}

test.each(["bo", ""])("a page of somebody hears that the browser is now “%s”’s", (other) => {
  const changed = vi.fn();
  stop = watchPerson("ada", changed);
  written(other);
  expect(changed).toHaveBeenCalledTimes(1);
});

test("a second tab of the same person disturbs nobody", () => {
  const changed = vi.fn();
  stop = watchPerson("ada", changed);
  written("ada");
  cameBack();
  expect(changed).not.toHaveBeenCalled();
});

test("going back to a page of before one signed out is noticed", () => {
  const changed = vi.fn();
  stop = watchPerson("ada", changed);
  localStorage.setItem(KEY, JSON.stringify(""));
  cameBack();
  expect(changed).toHaveBeenCalledTimes(1);
});

test("where nothing is kept, nothing is concluded", () => {
  const changed = vi.fn();
  stop = watchPerson("ada", changed);
  localStorage.clear();
  cameBack();
  expect(changed).not.toHaveBeenCalled();
});
